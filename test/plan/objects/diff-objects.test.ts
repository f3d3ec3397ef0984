import { describe, expect, test } from 'vitest';
import type { Asset } from '../../../src/model/asset.ts';
import type { Change } from '../../../src/model/plan.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { classify } from '../../../src/plan/assets/classify.ts';
import { diffObjects, keyOf } from '../../../src/plan/objects/diff-objects.ts';
import { makeAnnouncement } from '../../support/make-announcement.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';
import { now } from '../../support/make-plan.ts';
import { makeSnapshot } from '../../support/make-snapshot.ts';

const page = makeAsset('a.html', 'new');
const old = makeAsset('a.html', 'old!');
const reheaded = makeAsset('a.html', 'new', { headers: { ...page.headers, 'content-language': 'en' } });
const hashed = makeAsset('assets/app-DiwrgTda.js');
const foreignBytes = { etag: 'theirs', lastModified: 1_700_000_999 };

const diff = (assets: readonly Asset[], snapshot: Snapshot): readonly Change[] =>
  diffObjects({ assets, snapshot, now, classOf: (key) => classify(key, { spa: null, notFound: '404.html' }) });

/** The change of the one key as `kind, reason, flags`. */
function only(assets: readonly Asset[], snapshot: Snapshot): string {
  const [change, ...others] = diff(assets, snapshot);
  expect(others).toEqual([]);
  if (change === undefined) return 'nothing';
  const flags = ['foreign', 'cachedBefore', 'recorded', 'fresh'].filter((flag) => Reflect.get(change, flag) === true);
  return [change.kind, ...('reason' in change ? [change.reason] : []), ...flags].join(', ');
}

/** A bucket that holds `object` at the key, with `entry` on record. */
const there = (object: Asset | undefined, entry: Asset | undefined, given: Parameters<typeof makeSnapshot>[0] = {}) =>
  makeSnapshot({
    objects: object === undefined ? [] : [makeObject(object)],
    manifest: makeManifest(entry === undefined ? [] : [makeEntry(entry)]),
    ...given,
  });

const same = { sameBytes: true, headers: page.headers, versionId: 'v7' };
const announced = { announcements: [makeAnnouncement(['a.html'])] };
const leftDelete = (etag: string) =>
  makeAnnouncement([{ key: 'a.html', action: 'delete', etag, sha256: null, headersHash: null }]);

describe('a file of the build', () => {
  test.each<[string, string, Asset, Snapshot]>([
    ['never seen', 'add, new', page, there(undefined, undefined)],
    ['never seen, no manifest', 'add, new', page, makeSnapshot({ manifest: undefined })],
    ['as recorded', 'keep, recorded', page, there(page, page)],
    ['other bytes', 'change, content', page, there(old, old)],
    ['other bytes of the same size', 'change, content', makeAsset('a.html', 'neW'), there(page, page)],
    ['other headers', 'headers, content-language: none → en', reheaded, there(page, page)],
    ['one header less', 'headers, content-language: en → none', page, there(reheaded, reheaded)],
    ['on record and gone', 'add, missing from the bucket, cachedBefore', page, there(undefined, page)],
    ['on record and gone, other bytes', 'add, missing from the bucket, cachedBefore', page, there(undefined, old)],
    [
      'deleted by an earlier deploy, which an edge may still hold',
      'add, new, cachedBefore',
      page,
      there(undefined, undefined, {
        manifest: makeManifest([], { tombstones: [{ key: 'a.html', sha256: 'x', headers: {}, deletedAt: now - 60 }] }),
      }),
    ],
    [
      'overwritten outside, not read back because of its size',
      'change, changed outside cdnpub',
      page,
      there(undefined, page, { objects: [makeObject(page, { size: 99, ...foreignBytes })] }),
    ],
    [
      'overwritten outside with other bytes',
      'change, changed outside cdnpub',
      page,
      there(undefined, page, {
        objects: [makeObject(page, foreignBytes)],
        readBack: { 'a.html': { ...same, sameBytes: false } },
      }),
    ],
    [
      'written again outside with the same bytes and headers',
      'keep',
      page,
      there(undefined, page, { objects: [makeObject(page, foreignBytes)], readBack: { 'a.html': same } }),
    ],
    [
      'only LastModified differs, so headers may have been changed',
      'headers, changed outside cdnpub, content-language: none → en',
      reheaded,
      there(undefined, reheaded, {
        objects: [makeObject(page, { lastModified: 1_800_000_000 })],
        readBack: { 'a.html': same },
      }),
    ],
    ['a stranger’s object', 'change, not published by cdnpub, foreign', page, there(old, undefined)],
    [
      'a stranger’s object with the same bytes and other headers',
      'headers, not published by cdnpub, content-language: none → en, foreign',
      reheaded,
      there(page, undefined, { readBack: { 'a.html': same } }),
    ],
    ['a stranger’s object, the same in all', 'keep', page, there(page, undefined, { readBack: { 'a.html': same } })],
    ['announced and never written', 'add, new, cachedBefore', page, there(undefined, undefined, announced)],
    [
      'announced, written, never recorded',
      'change, left by an unfinished deploy',
      page,
      there(old, undefined, announced),
    ],
    [
      'announced and as recorded is still unknown',
      'change, left by an unfinished deploy',
      page,
      there(page, page, announced),
    ],
    [
      'announced, read back as it should be',
      'keep',
      page,
      there(page, page, { ...announced, readBack: { 'a.html': same } }),
    ],
    [
      'announced, read back with other headers',
      'headers, left by an unfinished deploy, content-language: none → en',
      reheaded,
      there(page, page, { ...announced, readBack: { 'a.html': same } }),
    ],
    [
      'a retained asset that comes back',
      'keep',
      hashed,
      makeSnapshot({
        objects: [makeObject(hashed)],
        manifest: makeManifest([makeEntry(hashed, { retainedSince: 5 })]),
      }),
    ],
  ])('%s: %s', (_, expected, asset, snapshot) => {
    expect(only([asset], snapshot)).toBe(expected);
  });

  test('a retained asset that comes back is no longer counted as retained', () => {
    const manifest = makeManifest([makeEntry(hashed, { retainedSince: 5 })]);
    const [change] = diff([hashed], makeSnapshot({ objects: [makeObject(hashed)], manifest }));
    expect(change).toMatchObject({ entry: { retainedSince: null } });
  });

  test('what is read back is recorded as it stands', () => {
    const objects = [makeObject(page, foreignBytes)];
    const [change] = diff([page], makeSnapshot({ objects, readBack: { 'a.html': same } }));
    expect(change).toMatchObject({
      entry: { ...foreignBytes, sha256: page.sha256, headers: page.headers, versionId: 'v7' },
    });
  });

  test('a write is conditional on what was seen', () => {
    const [change] = diff([page], there(undefined, page, { objects: [makeObject(page, foreignBytes)] }));
    expect(change).toMatchObject({ kind: 'change', etag: 'theirs' });
  });
});

describe('a key that the build no longer holds', () => {
  test.each<[string, string, Snapshot]>([
    ['a page', 'delete, removed', there(page, page)],
    ['a fingerprinted asset', 'retain, fresh', there(hashed, hashed)],
    [
      'a retained asset',
      'retain',
      makeSnapshot({
        objects: [makeObject(hashed)],
        manifest: makeManifest([makeEntry(hashed, { retainedSince: 5 })]),
      }),
    ],
    ['a stranger’s object', 'nothing', there(page, undefined)],
    [
      'what a stranger wrote over it is theirs',
      'forget, changed outside cdnpub',
      there(undefined, page, { objects: [makeObject(page, foreignBytes)] }),
    ],
    ['gone already', 'forget, missing from the bucket', there(undefined, page)],
    ['a retained asset that is gone already', 'forget, missing from the bucket', there(undefined, hashed)],
    [
      'announced, and written by the run that was killed',
      'delete, removed',
      there(page, undefined, { ...announced, readBack: { 'a.html': same } }),
    ],
    [
      'announced, and written by somebody else since',
      'forget, changed outside cdnpub',
      there(page, undefined, { ...announced, readBack: { 'a.html': { ...same, sameBytes: false } } }),
    ],
    [
      'announced, and still the stranger’s object that was to be overwritten',
      'forget, changed outside cdnpub',
      there(page, undefined, announced),
    ],
    [
      'a killed run’s file, whose delete the next run left for later',
      'delete, removed',
      there(page, undefined, { announcements: [leftDelete(makeObject(page).etag)] }),
    ],
    [
      'a delete that was left for later, and something else there since',
      'forget, changed outside cdnpub',
      there(page, undefined, { announcements: [leftDelete('another')] }),
    ],
    [
      'announced, and still ours with its headers rewritten',
      'delete, removed',
      there(undefined, page, { ...announced, objects: [makeObject(page, { lastModified: 9 })] }),
    ],
    [
      'announced, and deleted by the run that was killed',
      'forget, missing from the bucket',
      there(undefined, page, announced),
    ],
    ['announced, and never written', 'forget, missing from the bucket', there(undefined, undefined, announced)],
    [
      'a fingerprinted asset that a killed run may have overwritten',
      'delete, removed',
      there(undefined, hashed, {
        objects: [makeObject(hashed, foreignBytes)],
        announcements: [makeAnnouncement([hashed.key])],
        readBack: { [hashed.key]: same },
      }),
    ],
    [
      'a fingerprinted asset whose headers a killed run rewrote',
      'retain, fresh',
      there(undefined, hashed, {
        objects: [makeObject(hashed, { lastModified: 9 })],
        announcements: [makeAnnouncement([hashed.key])],
        readBack: { [hashed.key]: same },
      }),
    ],
    [
      'an announced fingerprinted asset that is as recorded',
      'retain, fresh',
      there(hashed, hashed, { announcements: [makeAnnouncement([hashed.key])] }),
    ],
  ])('%s: %s', (_, expected, snapshot) => {
    expect(only([], snapshot)).toBe(expected);
  });

  test('a fresh retained asset remembers since when', () => {
    expect(diff([], there(hashed, hashed))).toMatchObject([{ kind: 'retain', entry: { retainedSince: now } }]);
  });

  test('a retained asset whose headers a killed run rewrote is recorded as it stands', () => {
    const snapshot = there(undefined, hashed, {
      objects: [makeObject(hashed, { lastModified: 9 })],
      announcements: [makeAnnouncement([hashed.key])],
      readBack: { [hashed.key]: same },
    });
    const { headers, versionId } = same;
    expect(diff([], snapshot)).toMatchObject([{ kind: 'retain', entry: { lastModified: 9, headers, versionId } }]);
  });

  test('a delete is conditional on what was seen', () => {
    const objects = [makeObject(page, foreignBytes)];
    expect(diff([], makeSnapshot({ objects, ...announced, readBack: { 'a.html': same } }))).toMatchObject([
      { kind: 'delete', etag: 'theirs' },
    ]);
  });
});

test('changes come in the order in which S3 lists keys', () => {
  const keys = ['b.html', 'a/z.html', 'a.html', '\u{1f600}.html', '\uffee.html', 'a/b/c.html', 'Z.html'];
  const gone = ['m.html', 'a/a.html'].map((key) => makeAsset(key));
  const snapshot = makeSnapshot({
    objects: gone.map((asset) => makeObject(asset)),
    manifest: makeManifest(gone.map((asset) => makeEntry(asset))),
  });
  const sorted = [...keys, 'm.html', 'a/a.html'].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(
    diff(
      keys.map((key) => makeAsset(key)),
      snapshot,
    ).map(keyOf),
  ).toEqual(sorted);
});
