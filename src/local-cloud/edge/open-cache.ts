import type { EdgeView } from '../edge-view.ts';
import { createEdgeCache, type EarlyFills } from './edge-cache.ts';
import type { FillOutcome } from './fill-entry.ts';
import type { CachedContext } from './look-up-object.ts';

/** An empty cache, and how it learns of the invalidations that the view shows. */
export function openCache(
  view: EdgeView,
  earlyFills: EarlyFills | undefined,
): Pick<CachedContext, 'cache' | 'takeInvalidations'> {
  const cache = createEdgeCache<FillOutcome>(earlyFills);
  const takenOf = new Map<string, Set<number>>();
  return {
    cache,
    takeInvalidations(distributionId) {
      const taken = takenOf.get(distributionId) ?? new Set();
      takenOf.set(distributionId, taken);
      const news = view.invalidations(distributionId, taken);
      for (const { serial } of news) taken.add(serial);
      cache.invalidate(distributionId, news);
    },
  };
}
