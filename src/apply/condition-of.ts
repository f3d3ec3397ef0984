import type { Change } from '../model/plan.ts';
import type { Condition } from '../model/ports.ts';

/** What the plan saw at the key, on which the write depends. */
export const conditionOf = (change: Extract<Change, { kind: 'add' | 'change' | 'headers' }>): Condition =>
  change.kind === 'add' ? { kind: 'absent' } : { kind: 'matches', etag: change.etag };
