import type { ManifestEntry } from '../../model/manifest.ts';
import type { Change, Plan } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { isWork } from '../change-summary.ts';
import { equalHeaders } from '../objects/equal-headers.ts';

/**
 * Whether a plan does nothing but clear up after runs that died: every object holds what the last finished deploy put
 * there, and only edges may not. It makes no new release, as there is nothing new to go back to.
 */
export function isRecovery(
  { changes, infrastructure }: Pick<Plan, 'changes' | 'infrastructure'>,
  { announcements, manifest }: Pick<Snapshot, 'announcements' | 'manifest'>,
): boolean {
  // A late part that was left behind belongs to a finished release, which is completed by what becomes of it.
  const areDead = announcements.length > 0 && announcements.every(({ value }) => value.awaits.length === 0);
  if (!areDead || manifest === undefined || infrastructure.length > 0) return false;
  return changes.every((change) => !isWork(change) || isAsReleased(change, manifest.entries));
}

function isAsReleased(change: Change, entries: ReadonlyMap<string, ManifestEntry>): boolean {
  // What was announced and never put up is no file of any release.
  if (change.kind === 'forget') return !entries.has(change.entry.key);
  if (change.kind !== 'keep') return false;
  const entry = entries.get(change.entry.key);
  if (entry === undefined || entry.retainedSince !== null) return false;
  return entry.sha256 === change.entry.sha256 && equalHeaders(entry.headers, change.entry.headers);
}
