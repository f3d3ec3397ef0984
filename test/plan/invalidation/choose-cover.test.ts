import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cover, type CoverRequest, chooseCover } from '../../../src/plan/invalidation/cover/choose-cover.ts';
import { type CoverKey, folderOf, weightOf } from '../../../src/plan/invalidation/cover/cover-key.ts';

const folderTag = (folder: string): string => `d${folder}`;
const classTags = ['page', 'other'];

const key = (path: string, { size = 100, tagged = true } = {}): CoverKey => ({
  path,
  size,
  tags: tagged ? [folderTag(folderOf(path)), path.endsWith('.html') ? 'page' : 'other'] : [],
});

const cover = (given: Partial<CoverRequest> & Pick<CoverRequest, 'stale'>): Cover =>
  chooseCover({ unchanged: [], budget: { items: 50, wildcards: 15 }, folderTag, classTags, ...given });

const many = (folder: string, count: number, ending = 'html'): CoverKey[] =>
  Array.from({ length: count }, (_, at) => key(`${folder}${String(at).padStart(4, '0')}.${ending}`));

describe('the items of an invalidation', () => {
  test.each<[string, Parameters<typeof cover>[0], string, number]>([
    ['one page among others', { stale: [key('/a.html')], unchanged: [key('/b.html')] }, '/a.html', 0],
    ['all that there is', { stale: [key('/a.html'), key('/b.css')] }, '/*', 0],
    [
      'a folder of which nothing stays',
      { stale: [key('/blog/a.html'), key('/blog/c/b.css')], unchanged: [key('/index.html')] },
      '/blog/*',
      0,
    ],
    [
      'names that begin alike, where the folder holds more',
      { stale: [key('/p/2026-1.html'), key('/p/2026-2.css')], unchanged: [key('/p/2025.html'), key('/p/x.css')] },
      '/p/2026-*',
      0,
    ],
    [
      'never half an escape',
      {
        stale: [key('/%C3%A9.html', { tagged: false }), key('/%C3%A8.html', { tagged: false })],
        unchanged: [key('/a.html')],
      },
      '/%C3*',
      0,
    ],
    [
      'every page, while pictures stay',
      { stale: many('/a/', 300), unchanged: [...many('/a/', 300, 'png'), key('/x.css')] },
      '#page',
      0,
    ],
    [
      'the files of a folder, while those of its folders stay',
      {
        stale: many('/a/', 60, 'css'),
        unchanged: [...many('/a/00b/', 9, 'css'), ...many('/', 9, 'css')],
      },
      '#d/a/',
      0,
    ],
    [
      'no tag that an edge may not know',
      {
        stale: many('/a/', 60).map(({ path }) => key(path, { tagged: false })),
        unchanged: [key('/a/x.png', { size: 7 })],
      },
      '/a/00*',
      0,
    ],
    [
      'the least waste within the budget',
      {
        stale: [
          key('/a/1.css', { tagged: false }),
          key('/a/2.css', { tagged: false }),
          key('/b/3.css', { tagged: false }),
        ],
        unchanged: [key('/a/9.css', { size: 10 }), key('/b/8.css', { size: 5000 })],
        budget: { items: 2, wildcards: 15 },
      },
      '/a/* /b/3.css',
      10,
    ],
    [
      'everything, where the budget is one',
      { stale: [key('/a.html'), key('/b/b.css')], unchanged: [key('/c.css')], budget: { items: 1, wildcards: 15 } },
      '/*',
      100,
    ],
  ])('%s', (_, given, items, waste) => {
    const found = cover(given);
    expect([found.items.join(' '), found.waste]).toEqual([items, waste]);
  });

  test('a site of 20,000 objects of which half changed', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => key(`/${at % 97}/${at % 13}/${at}.html`, { tagged: false }));
    const found = cover({
      stale: keys.filter((_, at) => at % 2 === 0),
      unchanged: keys.filter((_, at) => at % 2 === 1),
    });
    expect(found.items.length).toBeLessThanOrEqual(50);
  });
});

const names = fc.constantFrom(
  'a.html',
  'b.html',
  'ab.css',
  'a/a.html',
  'a/b.css',
  'a/c/a.html',
  'b/a.html',
  '%C3%A9',
  '%C3%A8',
);
const objects = fc.uniqueArray(
  fc.record({
    path: names.map((name) => `/${name}`),
    size: fc.integer({ min: 0, max: 5 }),
    tagged: fc.boolean(),
    stale: fc.boolean(),
  }),
  { selector: ({ path }) => path, minLength: 1 },
);
const budgets = fc.record({ items: fc.integer({ min: 1, max: 4 }), wildcards: fc.integer({ min: 1, max: 2 }) });

const reaches = (item: string, { path, tags }: CoverKey): boolean => {
  if (item.startsWith('#')) return tags.includes(item.slice(1));
  return item.endsWith('*') ? path.startsWith(item.slice(0, -1)) : path === item;
};
const isReached = (items: readonly string[], object: CoverKey) => items.some((item) => reaches(item, object));
const wasteOf = (items: readonly string[], unchanged: readonly CoverKey[]): number =>
  unchanged.filter((object) => isReached(items, object)).reduce((sum, object) => sum + weightOf(object), 0);

/** The best of all sets of items that there could be. */
function bruteForce({ stale, unchanged, budget }: Pick<CoverRequest, 'stale' | 'unchanged' | 'budget'>) {
  const paths = [...stale, ...unchanged].map(({ path }) => path);
  const prefixes = paths.flatMap((path) => [...path].map((_, at) => path.slice(0, at + 1)));
  const whole = prefixes.filter((prefix) => !/%[0-9A-F]?$/.test(prefix)).map((prefix) => `${prefix}*`);
  const tags = [...stale, ...unchanged].flatMap((object) => object.tags.map((tag) => `#${tag}`));
  const useful = [...new Set([...paths, ...whole, ...tags])].filter((item) => stale.some((one) => reaches(item, one)));
  let least = { waste: Number.POSITIVE_INFINITY, items: 0 };
  const go = (picked: readonly string[]): void => {
    const missing = stale.find((object) => !isReached(picked, object));
    if (missing === undefined) {
      const waste = wasteOf(picked, unchanged);
      if (waste < least.waste || (waste === least.waste && picked.length < least.items))
        least = { waste, items: picked.length };
      return;
    }
    if (picked.length === budget.items) return;
    const full = picked.filter((item) => item.endsWith('*')).length === budget.wildcards;
    for (const item of useful) if (reaches(item, missing) && !(full && item.endsWith('*'))) go([...picked, item]);
  };
  go([]);
  return least;
}

test('no other set of items within the budget wastes less, or is as good and shorter', () => {
  fc.assert(
    fc.property(objects, budgets, (given, budget) => {
      const keys = given.map(({ path, size, tagged, stale }) => ({ stale, ...key(path, { size, tagged }) }));
      const [stale, unchanged] = [keys.filter((one) => one.stale), keys.filter((one) => !one.stale)];
      const found = cover({ stale, unchanged, budget });
      expect(stale.filter((object) => !isReached(found.items, object))).toEqual([]);
      expect(wasteOf(found.items, unchanged)).toBe(found.waste);
      expect({ waste: found.waste, items: found.items.length }).toEqual(bruteForce({ stale, unchanged, budget }));
    }),
    { numRuns: 300, seed: 1 },
  );
});
