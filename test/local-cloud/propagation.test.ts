import { describe, expect, test } from 'vitest';
import {
  createPropagation,
  type News,
  type Place,
  type RegionOrder,
  seededLag,
} from '../../src/local-cloud/propagation.ts';

const news = (kind: News['kind'], serial = 1): News => ({ kind, id: 'E1', serial, at: 1000, doneAt: 2000 });

describe('when a place sees a change that takes from 1000 to 2000', () => {
  const rows: [RegionOrder, News['kind'], Place, number, number][] = [
    ['none', 'invalidation', 0, 0.5, 1500],
    ['none', 'function', 0, 0.25, 1250],
    ['none', 'store', 3, 1, 2000],
    ['none', 'distribution', 0, 0, Number.NEGATIVE_INFINITY],
    ['first', 'invalidation', 'region', 0, Number.NEGATIVE_INFINITY],
    ['first', 'invalidation', 'region', 1, 1500],
    ['first', 'invalidation', 0, 0, 1500],
    ['first', 'invalidation', 0, 1, 2000],
    ['first', 'function', 0, 0.5, 1500],
    ['last', 'invalidation', 0, 0, Number.NEGATIVE_INFINITY],
    ['last', 'invalidation', 0, 1, 1500],
    ['last', 'invalidation', 'region', 0, 1500],
    ['last', 'invalidation', 'region', 1, 2000],
  ];
  test.each(rows)('regional cache %s: %s at %s with lag %d: %d', (region, kind, place, lag, seenAt) => {
    expect(createPropagation({ region, lag: () => lag })(place, news(kind))).toBe(seenAt);
  });
});

describe('seeded lags', () => {
  const places: readonly Place[] = ['region', 0, 1, 2, 3, 4, 5, 6, 7];
  const kinds = ['distribution', 'policy', 'function', 'store', 'invalidation'] as const;
  const draw = (seed: string) =>
    places.flatMap((place) => kinds.flatMap((kind) => [1, 2, 3].map((n) => seededLag(seed)(place, news(kind, n)))));

  test('are the same for the same seed', () => expect(draw('1')).toEqual(draw('1')));

  test('are shares of the time, no two alike, and none of 0', () => {
    const all = [...draw('1'), ...draw('2')];
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((share) => share <= 0 || share > 1)).toEqual([]);
    expect(all.some((share) => share < 0.1) && all.some((share) => share > 0.9)).toBe(true);
  });
});
