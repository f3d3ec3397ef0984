import type { Change, InvalidationBatch } from '../../model/plan.ts';
import type { Caching, Snapshot } from '../../model/snapshot.ts';
import { classTags, folderTag } from '../assets/object-tags.ts';
import { keyOf } from '../objects/diff-objects.ts';
import { announcedKeys, isAsRecorded } from '../objects/recorded.ts';
import { isPruned } from '../retention/prune-retained.ts';
import { isLate } from '../waves/is-late.ts';
import { chooseCover } from './cover/choose-cover.ts';
import type { CoverKey } from './cover/cover-key.ts';
import { reaches } from './cover/reaches.ts';
import { staleKeys, unchangedKeys } from './cover-keys.ts';
import { pathsOf } from './paths-of.ts';

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
  const told = known && stale.every((change) => pathsOf(keyOf(change), snapshot.cdn) !== null);
  const unchanged = unchangedKeys({ changes, stale, snapshot });
  const choose = (keys: readonly CoverKey[]) =>
    told ? chooseItems({ stale: keys, unchanged, maxItems, caching: snapshot.cdn?.caching }) : ['/*'];
  const batchOf = (part: 'main' | 'late', own: readonly Change[]) =>
    batch({ part, covers: own.length, own: staleKeys(own, snapshot), unchanged, choose });
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

function chooseItems(request: {
  readonly stale: readonly CoverKey[];
  readonly unchanged: readonly CoverKey[];
  readonly maxItems: number;
  readonly caching: Caching | undefined;
}): readonly string[] {
  const { stale, unchanged, maxItems, caching } = request;
  const budget = { items: maxItems, wildcards: mostWildcards };
  // Tags go by keys: the site's folder among the addresses is none of theirs.
  const above = caching?.kind === 'by path' ? `/${caching.folder}` : '/';
  const tagOf = (folder: string) => folderTag(folder.startsWith(above) ? `/${folder.slice(above.length)}` : folder);
  return chooseCover({ stale, unchanged, budget, folderTag: tagOf, classTags }).items;
}

function batch(request: {
  readonly part: 'main' | 'late';
  /** Stale objects; an edge may hold one under several paths. */
  readonly covers: number;
  readonly own: readonly CoverKey[];
  readonly unchanged: readonly CoverKey[];
  readonly choose: (stale: readonly CoverKey[]) => readonly string[];
}): InvalidationBatch {
  const { part, covers, own, unchanged, choose } = request;
  const items = covers === 0 ? [] : choose(own);
  const gone = unchanged.filter((key) => items.some((item) => reaches(item, key)));
  return {
    ...{ part, items, billable: items.length, covers, overcovers: gone.length },
    ...{ overcoveredBytes: bytesOf(gone), unchangedBytes: bytesOf(unchanged) },
  };
}

const bytesOf = (keys: readonly CoverKey[]): number => keys.reduce((sum, { size }) => sum + size, 0);
