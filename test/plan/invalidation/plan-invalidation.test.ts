import { describe, expect, test } from 'vitest';
import type { Asset } from '../../../src/model/asset.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { objectTags } from '../../../src/plan/assets/object-tags.ts';
import { makeAnnouncement } from '../../support/make-announcement.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';
import { makePlan, now } from '../../support/make-plan.ts';
import { makeSettings } from '../../support/make-settings.ts';
import { makeSnapshot, nothingThere } from '../../support/make-snapshot.ts';

const index = makeAsset('index.html');
const worker = makeAsset('sw.js');
const hashed = makeAsset('assets/app-DiwrgTda.js');
const text = (key: string, content: string): Asset => makeAsset(key, content);

/** A site that holds these assets as they were published. */
const holding = (assets: readonly Asset[], given: Parameters<typeof makeSnapshot>[0] = {}): Snapshot =>
  makeSnapshot({
    objects: assets.map((asset) => makeObject(asset)),
    manifest: makeManifest(assets.map((asset) => makeEntry(asset))),
    ...given,
  });

/** Each batch as `part: items (covers/overcovers)`. */
function batches(assets: readonly Asset[], snapshot: Snapshot, maxItems = 50): readonly string[] {
  const settings = makeSettings({ invalidation: { maxItems } });
  return makePlan(assets, { snapshot, settings }).invalidations.map(({ part, items, billable, covers, overcovers }) => {
    expect(billable).toBe(items.length);
    return `${part}: ${items.join(' ')} (${covers}/${overcovers})`;
  });
}

const many = (count: number, content: string): Asset[] =>
  Array.from({ length: count }, (_, i) => text(`p${String(i).padStart(3, '0')}.html`, content));

describe('what an edge must forget', () => {
  test.each<[string, readonly Asset[], Snapshot, readonly string[]]>([
    ['nothing where there is no distribution', [index], { ...nothingThere, cdn: undefined }, []],
    ['nothing of a distribution that this deploy makes', [index], nothingThere, []],
    ['nothing where nothing changed', [index], holding([index]), []],
    ['nothing of a new key', [index, text('a.html', '1')], holding([index]), []],
    ['a changed key', [text('index.html', '2')], holding([index]), ['main: /index.html (1/0)']],
    [
      'changed headers',
      [{ ...index, headers: { ...index.headers, 'content-language': 'en' } }],
      holding([index]),
      ['main: /index.html (1/0)'],
    ],
    ['a removed page', [index], holding([index, text('a b/ü.html', '1')]), ['main: /a%20b/%C3%BC.html (1/0)']],
    ['a removed asset, late', [index], holding([index, text('a.txt', '1')]), ['late: /a.txt (1/0)']],
    ['a changed service worker, late', [index, text('sw.js', '2')], holding([index, worker]), ['late: /sw.js (1/0)']],
    [
      'both',
      [text('index.html', '2'), text('sw.js', '2')],
      holding([index, worker]),
      ['main: /index.html (1/0)', 'late: /sw.js (1/0)'],
    ],
    ['nothing of an asset that is retained', [index], holding([index, hashed]), []],
    [
      'a retained asset whose headers a killed run rewrote',
      [index],
      holding([index, hashed], {
        objects: [makeObject(index), makeObject(hashed, { lastModified: 9 })],
        announcements: [makeAnnouncement([hashed.key])],
        readBack: { [hashed.key]: { sameBytes: true, headers: {}, versionId: 'v2' } },
      }),
      ['main: /assets/app-DiwrgTda.js (1/0)'],
    ],
    [
      'nothing of a retained asset that comes back as it was',
      [index, hashed],
      holding([index, hashed], { manifest: makeManifest([makeEntry(index), makeEntry(hashed, { retainedSince: 5 })]) }),
      [],
    ],
    [
      'a retained asset that comes back with other bytes',
      [index, makeAsset(hashed.key, 'other')],
      holding([index, hashed], { manifest: makeManifest([makeEntry(index), makeEntry(hashed, { retainedSince: 5 })]) }),
      ['main: /assets/app-DiwrgTda.js (1/0)'],
    ],
    [
      'a key that exists again soon after it was deleted',
      [index, text('a.html', '2')],
      holding([index], {
        manifest: makeManifest([makeEntry(index)], {
          tombstones: [{ key: 'a.html', sha256: 'x', headers: {}, deletedAt: now - 60 }],
        }),
      }),
      ['main: /a.html (1/0)'],
    ],
    [
      'a key that somebody deleted from the bucket',
      [index],
      holding([index], { objects: [] }),
      ['main: /index.html (1/0)'],
    ],
    [
      'a key that somebody deleted from the bucket and the build no longer holds',
      [index],
      holding([index, text('a.html', '1')], { objects: [makeObject(index)] }),
      ['main: /a.html (1/0)'],
    ],
    [
      'a key that somebody wrote again as it was',
      [index],
      holding([index], {
        objects: [makeObject(index, { etag: 'theirs' })],
        readBack: { 'index.html': { sameBytes: true, headers: index.headers, versionId: null } },
      }),
      ['main: /index.html (1/0)'],
    ],
    [
      'a key that a killed run announced, though it stands as recorded',
      [index],
      holding([index], {
        announcements: [makeAnnouncement(['index.html'])],
        readBack: { 'index.html': { sameBytes: true, headers: index.headers, versionId: null } },
      }),
      ['main: /index.html (1/0)'],
    ],
    [
      'a page that a killed run deleted',
      [index],
      holding([index], { announcements: [makeAnnouncement(['gone.html'])] }),
      ['main: /gone.html (1/0)'],
    ],
    [
      'a new page that a killed run may have published',
      [index, text('a.html', '1')],
      holding([index], { announcements: [makeAnnouncement(['a.html'])] }),
      ['main: /a.html (1/0)'],
    ],
  ])('%s', (_, assets, snapshot, expected) => {
    expect(batches(assets, snapshot)).toEqual(expected);
  });

  test('without a manifest nothing is known, so it is everything', () => {
    const kept = { sameBytes: true, headers: index.headers, versionId: null };
    const objects = [makeObject(index), makeObject(text('sw.js', '1'))];
    const snapshot = makeSnapshot({ manifest: undefined, objects, readBack: { 'index.html': kept } });
    expect(batches([index, text('sw.js', '2'), text('a.html', '1')], snapshot)).toEqual([
      'main: /* (3/0)',
      'late: /* (1/0)',
    ]);
  });
});

describe('the budget', () => {
  const before = holding([index, worker, ...many(4, '1')]);

  test.each([
    [4, 4, ['main: /p00* (4/0)']],
    [2, 2, ['main: /p000.html /p001.html (2/0)']],
    [1, 2, ['main: /p00* (2/2)']],
    [1, 1, ['main: /p000.html (1/0)']],
  ])('at most %i items, %i changed', (maxItems, changed, expected) => {
    const assets = [index, worker, ...many(changed, '2'), ...many(4, '1').slice(changed)];
    expect(batches(assets, before, maxItems)).toEqual(expected);
  });

  test('pages that carry their tags go by one of them, and the rest stays', () => {
    const tagged = (asset: Asset) => makeEntry(asset, { tags: objectTags(asset.key, asset.class) });
    const old = [index, ...many(60, '1'), text('p00.css', '1')];
    const snapshot = holding(old, { manifest: makeManifest(old.map(tagged)) });
    const assets = [text('index.html', '2'), ...many(60, '2'), text('p00.css', '1')];
    expect(batches(assets, snapshot)).toEqual(['main: #c:page (61/0)']);
    const announcements = [makeAnnouncement(['index.html'])];
    expect(batches(assets, { ...snapshot, announcements })).toEqual(['main: #c:page /index.html (61/0)']);
    const untold = { ...snapshot.cdn?.distribution, status: 'InProgress' };
    const cdn = { ...snapshot.cdn, distribution: untold } as Snapshot['cdn'];
    expect(batches(assets, { ...snapshot, cdn }).join()).not.toContain('#');
  });

  test('overcovers counts what is unchanged, not what the other batch covers or what is new', () => {
    const assets = [index, text('sw.js', '2'), text('new.html', '1'), ...many(4, '2')];
    expect(batches(assets, before, 1)).toEqual(['main: /p00* (4/0)', 'late: /sw.js (1/0)']);
  });
});
