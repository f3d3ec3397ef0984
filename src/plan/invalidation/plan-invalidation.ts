import type { Change, InvalidationBatch } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { classTags, folderTag } from '../assets/object-tags.ts';
import { keyOf } from '../objects/diff-objects.ts';
import { announcedKeys, isAsRecorded } from '../objects/recorded.ts';
import { isPruned } from '../retention/prune-retained.ts';
import { isLate } from '../waves/is-late.ts';
import { chooseCover } from './cover/choose-cover.ts';
import type { CoverKey } from './cover/cover-key.ts';
import { reaches } from './cover/reaches.ts';
import { staleKeys, unchangedKeys } from './cover-keys.ts';

interface InvalidationInput {
  readonly changes: readonly Change[];
  readonly snapshot: Snapshot;
  /** Most items of one batch before it becomes the single item `/*`. */
  readonly maxItems: number;
  /** Keys whose late change goes before everything else. */
  readonly early: readonly string[];
}

/**
 * What an edge must forget, by the items that throw out the least besides: exact paths (one per key, because every
 * viewer's spelling reaches the cache as one), wildcards and cache tags. A distribution that does not exist yet holds
 * nothing.
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
  if (stale.length === 0) return [];
  const unchanged = unchangedKeys({ changes, stale, snapshot });
  const choose = (keys: readonly CoverKey[]) => (known ? chooseItems(keys, unchanged, maxItems) : ['/*']);
  const batchOf = (part: 'main' | 'late', own: readonly Change[]) =>
    batch({ part, own: staleKeys(own, snapshot), unchanged, choose });
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
  if (isPruned(change, snapshot)) return false;
  if (change.kind !== 'keep' && change.kind !== 'retain') return true;
  if (change.kind === 'keep' && change.recorded) return false;
  // A retained asset, and one that comes back, is the version that edges hold; anything else somebody else has written.
  const entry = snapshot.manifest?.entries.get(change.entry.key);
  return entry === undefined || announced.has(entry.key) || !isAsRecorded(entry, change.entry);
}

/** CloudFront: 15 wildcards in progress for each distribution. */
const mostWildcards = 15;

function chooseItems(stale: readonly CoverKey[], unchanged: readonly CoverKey[], maxItems: number): readonly string[] {
  const budget = { items: maxItems, wildcards: mostWildcards };
  return chooseCover({ stale, unchanged, budget, folderTag, classTags }).items;
}

function batch(request: {
  readonly part: 'main' | 'late';
  readonly own: readonly CoverKey[];
  readonly unchanged: readonly CoverKey[];
  readonly choose: (stale: readonly CoverKey[]) => readonly string[];
}): InvalidationBatch {
  const { part, own, unchanged, choose } = request;
  const items = own.length === 0 ? [] : choose(own);
  const gone = unchanged.filter((key) => items.some((item) => reaches(item, key)));
  return {
    ...{ part, items, billable: items.length, covers: own.length, overcovers: gone.length },
    ...{ overcoveredBytes: bytesOf(gone), unchangedBytes: bytesOf(unchanged) },
  };
}

const bytesOf = (keys: readonly CoverKey[]): number => keys.reduce((sum, { size }) => sum + size, 0);
