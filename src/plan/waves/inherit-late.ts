import type { AnnouncedKey, Announcement } from '../../model/announcement.ts';
import type { Digest } from '../../model/digest.ts';
import type { Change, Inherited } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { keyOf } from '../objects/diff-objects.ts';
import { headersHash } from '../state/announce.ts';
import { isLate } from './is-late.ts';

interface InheritInput {
  readonly changes: readonly Change[];
  readonly snapshot: Snapshot;
  readonly digest: Digest;
}

/**
 * What of a late part that the last finished run left behind can be done before anything else, even where this run
 * leaves a late part behind in its turn: else a site that is always deployed without waiting would never get it.
 *
 * It is safe where every edge has forgotten what that run replaced, and nobody has published since: then all pages that
 * can be served are those of that run's build, the same that its late part was waiting for. A file that it removed and
 * that this build does not hold either is asked for by none of them. A pointer goes up early only as that run meant it;
 * one that changes again tells of this run's pages, and comes after them.
 */
export function inheritLate({ changes, snapshot, digest }: InheritInput): Inherited {
  const left = leftBehind(snapshot);
  if (left === undefined) return { early: [], overdue: [] };
  const announced = new Map(left.keys.map((key) => [key.key, key]));
  const late = changes.filter((change) => isLate(change) && announced.has(keyOf(change)));
  const isEarly = (change: Change) => isAsAnnounced(change, announced.get(keyOf(change)), digest);
  return {
    early: late.filter(isEarly).map(keyOf),
    overdue: late.filter((change) => change.kind !== 'delete' && !isEarly(change)).map(keyOf),
  };
}

/**
 * The late part of the last finished run, once its time has come. A second announcement is of a run that died, and may
 * have put up pages that edges hold; a manifest of another run, of one that published since.
 */
export function leftBehind({
  announcements,
  manifest,
  completed,
}: Pick<Snapshot, 'announcements' | 'manifest' | 'completed'>): Announcement | undefined {
  const [left, ...others] = announcements;
  if (left === undefined || others.length > 0) return undefined;
  const { awaits, release } = left.value;
  const isDue = awaits.length > 0 && awaits.every(({ id }) => completed.has(id));
  return isDue && release === manifest?.release ? left.value : undefined;
}

function isAsAnnounced(change: Change, announced: AnnouncedKey | undefined, digest: Digest): boolean {
  if (change.kind === 'delete') return announced?.action === 'delete';
  if (!('asset' in change)) return false;
  const { sha256, headers } = change.asset;
  return announced?.sha256 === sha256 && announced.headersHash === headersHash(headers, digest);
}
