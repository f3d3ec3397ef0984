import type { Change } from '../model/plan.ts';

/** Whether a change makes the deploy do anything at all; an empty plan writes nothing. */
export function isWork(change: Change): boolean {
  if (change.kind === 'keep') return !change.recorded;
  if (change.kind === 'retain') return change.fresh;
  return true;
}

/** Whether a change sends a request for its object. */
export const isWrite = ({ kind }: Change): boolean => kind !== 'keep' && kind !== 'retain' && kind !== 'forget';
