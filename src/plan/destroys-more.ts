import type { Plan } from '../model/plan.ts';
import { keyOf } from './objects/diff-objects.ts';

/** Whether a plan deletes, overwrites of others', or alters anything that the plan which was shown does not. */
export function destroysMore(shown: Plan, planned: Plan): boolean {
  const known = new Set(destroyed(shown));
  return destroyed(planned).some((what) => !known.has(what));
}

function destroyed({ changes, confirm }: Plan): readonly string[] {
  const keys = changes
    .filter((change) => change.kind === 'delete' || ('foreign' in change && change.foreign))
    .map(keyOf);
  return [
    ...keys.map((key) => `key ${key}`),
    ...confirm.reasons.map((reason) => `reason ${reason.replace(/\d+/g, '')}`),
  ];
}
