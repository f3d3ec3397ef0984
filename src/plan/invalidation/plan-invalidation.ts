import { canonicalPath } from '../../edge/canonical-path.ts';
import type { Change, InvalidationBatch } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { keyOf } from '../objects/diff-objects.ts';
import { announcedKeys, isAsRecorded } from '../objects/recorded.ts';
import { isPruned } from '../retention/prune-retained.ts';
import { isLate } from '../waves/is-late.ts';

interface InvalidationInput {
  readonly changes: readonly Change[];
  readonly snapshot: Snapshot;
  /** Most items of one batch before it becomes the single item `/*`. */
  readonly maxItems: number;
  /** Keys whose late change goes before everything else. */
  readonly early: readonly string[];
}

/**
 * Which paths an edge must forget: one per key, because every viewer's spelling reaches the cache as one. Past the
 * budget it is the single wildcard for everything. A distribution that does not exist yet holds nothing.
 */
export function planInvalidation({
  changes,
  snapshot,
  maxItems,
  early,
}: InvalidationInput): readonly InvalidationBatch[] {
  if (snapshot.cdn?.distribution === undefined) return [];
  const known = snapshot.manifest !== undefined;
  const announced = announcedKeys(snapshot);
  const isStale = (change: Change) => (known ? mayBeCached(change, snapshot, announced) : change.kind !== 'retain');
  const stale = changes.filter(isStale);
  const batchOf = (part: 'main' | 'late', own: readonly Change[]) => batch({ part, own, changes, maxItems, known });
  // With no record of what was published everything that is touched counts as cached, and goes with the first batch.
  const done = new Set(early);
  const isBehind = (change: Change) => isLate(change) && !done.has(keyOf(change));
  const main = known ? stale.filter((change) => !isBehind(change)) : stale;
  const late = stale.filter(isBehind);
  return [batchOf('main', main), batchOf('late', late)].filter(({ items }) => items.length > 0);
}

/** Whether an edge may hold another version of the key than the one that this deploy leaves. */
function mayBeCached(change: Change, snapshot: Snapshot, announced: ReadonlyMap<string, unknown>): boolean {
  if (change.kind === 'add') return change.cachedBefore;
  if (change.kind === 'retain' || isPruned(change, snapshot)) return false;
  if (change.kind !== 'keep') return true;
  if (change.recorded) return false;
  // A retained asset that comes back is the version that edges hold; anything else was written by somebody else.
  const entry = snapshot.manifest?.entries.get(change.entry.key);
  return entry === undefined || announced.has(entry.key) || !isAsRecorded(entry, change.entry);
}

function batch(request: {
  readonly part: 'main' | 'late';
  readonly own: readonly Change[];
  readonly changes: readonly Change[];
  readonly maxItems: number;
  readonly known: boolean;
}): InvalidationBatch {
  const { part, own, changes, maxItems, known } = request;
  const exact = known && own.length <= maxItems;
  const items = own.length === 0 ? [] : exact ? own.map((change) => canonicalPath(keyOf(change))) : ['/*'];
  const covered = new Set(own);
  const unchanged = changes.filter(
    (change) => (change.kind === 'keep' || change.kind === 'retain') && !covered.has(change),
  );
  const overcovers = exact ? 0 : unchanged.length;
  return { part, items, billable: items.length, covers: own.length, overcovers };
}
