import type { Manifest } from '../../model/manifest.ts';
import type { Change } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { isAsRecorded } from '../objects/recorded.ts';

interface PruneInput {
  readonly manifest: Manifest | undefined;
  /** How long an asset stays after the last build that held it. */
  readonly assetsSeconds: number;
  /** Seconds since the epoch. */
  readonly now: number;
}

/**
 * Turns retained assets whose time is over into deletes: the build has been without them for `assetsSeconds`, and every
 * release that held them has been dropped.
 */
export function pruneRetained(
  changes: readonly Change[],
  { manifest, assetsSeconds, now }: PruneInput,
): readonly Change[] {
  if (manifest === undefined) return changes;
  const since = oldestKept(manifest);
  return changes.map((change) => {
    if (change.kind !== 'retain' || change.fresh) return change;
    const { entry } = change;
    const { retainedSince, etag } = entry;
    if (retainedSince === null || now - retainedSince < assetsSeconds || retainedSince >= since) return change;
    return { kind: 'delete', entry, etag, reason: 'no longer kept' };
  });
}

/**
 * Whether a change takes a retained asset away. An edge that still holds it serves the very bytes that its name
 * promises, so nothing has to be forgotten.
 */
export function isPruned(change: Change, { objects }: Pick<Snapshot, 'objects'>): boolean {
  if (change.kind !== 'delete' || change.entry.retainedSince === null) return false;
  const remote = objects.get(change.entry.key);
  return remote !== undefined && isAsRecorded(change.entry, remote);
}

/**
 * When the oldest kept release was finished, in seconds since the epoch: an asset that was retained before is a file
 * of no kept release. A release of which that is not known may hold anything.
 */
function oldestKept({ releases, history }: Manifest): number {
  const finished = new Map(history.map(({ id, finishedAt }) => [id, finishedAt]));
  return Math.min(...releases.map((id) => finished.get(id) ?? Number.NEGATIVE_INFINITY));
}
