import type { Change } from '../../model/plan.ts';
import { isPageKey } from '../page-key.ts';

/**
 * Changes that wait for the first invalidation: service workers and version pointers, which tell open tabs that a new
 * build is there, and removed files that cached pages may still ask for. Removed pages go at once.
 */
export function isLate(change: Change): boolean {
  if (change.kind === 'delete') return !isPageKey(change.entry.key);
  return 'asset' in change && change.asset.class === 'pointer' && change.kind !== 'keep';
}
