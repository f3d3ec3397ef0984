import type { Change } from '../../model/plan.ts';

/**
 * Files whose names promise that they never change, and that changed in place: they go up and are invalidated, but
 * browsers that hold the old ones were told to keep them for a year.
 */
export function warnRewritten(changes: readonly Change[]): readonly string[] {
  const keys = changes.flatMap((change) =>
    change.kind === 'change' && change.asset.class === 'fingerprinted' && change.reason === 'content'
      ? [change.asset.key]
      : [],
  );
  if (keys.length === 0) return [];
  const named = keys.slice(0, 3).join(', ') + (keys.length > 3 ? ` and ${keys.length - 3} more` : '');
  const [subject, object] =
    keys.length === 1 ? ['name carries a hash, yet its', 'it'] : ['names carry a hash, yet their', 'them'];
  return [
    `${named}: the ${subject} content changed in place; browsers that have the old may keep ${object} for a year ` +
      '(a rule under "headers" can set another Cache-Control)',
  ];
}
