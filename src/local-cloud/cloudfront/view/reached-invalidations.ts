import type { EdgeInvalidation } from '../../edge-view.ts';
import type { Place, Propagation } from '../../propagation.ts';
import type { Invalidation } from '../state.ts';

/** The invalidations that have reached a place, but for those with a serial among `taken`. They come in any order. */
export function reachedInvalidations(
  batches: readonly Invalidation[],
  where: {
    /** Of the distribution. */
    readonly id: string;
    readonly place: Place;
    readonly taken: ReadonlySet<number>;
    readonly now: number;
    readonly propagation: Propagation;
  },
): readonly EdgeInvalidation[] {
  const { id, place, taken, now, propagation } = where;
  // Asked at every request, and mostly there is nothing new.
  if (batches.length <= taken.size) return [];
  return batches.filter(
    ({ serial, at, completedAt }) =>
      !taken.has(serial) && propagation(place, { kind: 'invalidation', id, serial, at, doneAt: completedAt }) <= now,
  );
}
