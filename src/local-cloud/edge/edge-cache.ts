import type { EdgeInvalidation } from '../edge-view.ts';
import type { CacheEntry } from './cache-entry.ts';
import type { CacheKey } from './make-cache-key.ts';
import { matchInvalidation } from './match-invalidation.ts';

/** A fill under way. Dropped means that what it brings may be delivered but not kept. */
export interface Fill<T> {
  readonly key: CacheKey;
  readonly result: Promise<T>;
  dropped: boolean;
  /** Tags that were invalidated meanwhile: what brings one of them is dropped as well. */
  readonly droppedTags: Set<string>;
}

export interface EdgeCache<T> {
  get(id: string): CacheEntry | undefined;
  put(entry: CacheEntry): void;
  remove(id: string): void;
  entries(): Iterable<CacheEntry>;
  /** The fill of a key that a new request may wait for: one at a time. */
  fillOf(id: string): Fill<T> | undefined;
  /** Starts a fill; it may be joined where no other of its key is under way. */
  begin(key: CacheKey, run: (fill: Omit<Fill<T>, 'result'>) => Promise<T>): Fill<T>;
  /** Takes out what the items cover and drops the fills of it (or not), so that later requests fetch anew. */
  invalidate(distributionId: string, invalidations: readonly EdgeInvalidation[]): void;
}

/**
 * What becomes of a fill that began before an invalidation and ends after it. AWS does not say; where it is `kept`, the
 * old object stays until its time is up.
 */
export type EarlyFills = 'dropped' | 'kept';

/** Our bound on the bodies in memory; the least recently used go first, as CloudFront evicts what is seldom asked for. */
const maxCacheBytes = 512 * 1024 * 1024;

export function createEdgeCache<T>(earlyFills: EarlyFills = 'dropped'): EdgeCache<T> {
  const entries = new Map<string, CacheEntry>();
  const joinable = new Map<string, Fill<T>>();
  const running = new Set<Fill<T>>();
  let bytes = 0;

  function remove(id: string): void {
    bytes -= entries.get(id)?.body.length ?? 0;
    entries.delete(id);
  }
  function evict(): void {
    for (const id of entries.keys()) {
      if (bytes <= maxCacheBytes) return;
      remove(id);
    }
  }
  return {
    get(id) {
      const entry = entries.get(id);
      if (entry === undefined) return undefined;
      // A Map keeps the order of insertion: the one used last goes to its end.
      entries.delete(id);
      entries.set(id, entry);
      return entry;
    },
    put(entry) {
      remove(entry.key.id);
      entries.set(entry.key.id, entry);
      bytes += entry.body.length;
      evict();
    },
    remove,
    entries: () => entries.values(),
    fillOf: (id) => joinable.get(id),
    begin(key, run) {
      const state = { key, dropped: false, droppedTags: new Set<string>() };
      const fill = Object.assign(state, { result: run(state) });
      running.add(fill);
      if (!joinable.has(key.id)) joinable.set(key.id, fill);
      const forget = () => {
        running.delete(fill);
        if (joinable.get(key.id) === fill) joinable.delete(key.id);
      };
      fill.result.then(forget, forget);
      return fill;
    },
    invalidate(distributionId, invalidations) {
      const items = invalidations.flatMap((invalidation) => invalidation.items);
      const covered = (key: CacheKey) =>
        key.distributionId === distributionId && items.some((item) => matchInvalidation(item, key));
      if (items.length === 0) return;
      const tags = new Set(items.filter((item) => item.startsWith('#')).map((item) => item.slice(1).toLowerCase()));
      const isTagged = (entry: CacheEntry) =>
        entry.key.distributionId === distributionId && entry.tags.some((tag) => tags.has(tag));
      for (const entry of [...entries.values()]) if (covered(entry.key) || isTagged(entry)) remove(entry.key.id);
      if (earlyFills === 'kept') return;
      for (const fill of running) {
        if (fill.key.distributionId !== distributionId) continue;
        for (const tag of tags) fill.droppedTags.add(tag);
        if (covered(fill.key)) fill.dropped = true;
        // Which tags it brings is not known yet, so whoever asks from now on does not wait for it.
        else if (tags.size === 0) continue;
        if (joinable.get(fill.key.id) === fill) joinable.delete(fill.key.id);
      }
    },
  };
}
