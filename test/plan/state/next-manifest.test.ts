import { describe, expect, test } from 'vitest';
import type { Asset } from '../../../src/model/asset.ts';
import type { Manifest, Tombstone } from '../../../src/model/manifest.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { objectTags } from '../../../src/plan/assets/object-tags.ts';
import { isWrite } from '../../../src/plan/change-summary.ts';
import { keyOf } from '../../../src/plan/objects/diff-objects.ts';
import { nextManifest } from '../../../src/plan/state/next-manifest.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeSource } from '../../support/make-edge.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';
import { makePlan, now } from '../../support/make-plan.ts';
import { makeSnapshot } from '../../support/make-snapshot.ts';

const index = makeAsset('index.html');
const page = makeAsset('a.html');
const hashed = makeAsset('assets/app-DiwrgTda.js');
const run = { user: 'ann', host: 'desk', message: 'fix', ci: null };
const written = { etag: 'new', versionId: 'v9', lastModified: now + 3 };

function next(assets: readonly Asset[], snapshot: Snapshot, releases = 3): Manifest {
  const plan = makePlan(assets, { snapshot });
  const keys = plan.changes.filter((change) => isWrite(change) && change.kind !== 'delete').map(keyOf);
  const told = new Map(keys.map((key) => [key, written]));
  return nextManifest({
    deferred: new Set(),
    leavesLate: false,
    storeEtag: undefined,
    plan,
    previous: snapshot.manifest,
    written: told,
    run,
    now: now + 5,
    releases,
  });
}

const holding = (assets: readonly Asset[], given: Partial<Manifest> = {}): Snapshot =>
  makeSnapshot({
    objects: assets.map((asset) => makeObject(asset)),
    manifest: makeManifest(
      assets.map((asset) => makeEntry(asset)),
      given,
    ),
  });

describe('what every key holds now', () => {
  test('a written one what the write told, a kept one what stood there', () => {
    const entries = next([index, page], holding([index])).entries;
    expect(entries.get('index.html')).toEqual(makeEntry(index));
    expect(entries.get('a.html')).toEqual(makeEntry(page, { ...written, tags: objectTags(page.key, 'page') }));
  });

  test('a deleted or forgotten one nothing, a retained one since when', () => {
    const snapshot = makeSnapshot({
      objects: [index, page, hashed].map((asset) => makeObject(asset)),
      manifest: makeManifest([index, page, hashed, makeAsset('gone.html')].map((asset) => makeEntry(asset))),
    });
    const entries = next([index], snapshot).entries;
    expect([...entries.keys()]).toEqual(['assets/app-DiwrgTda.js', 'index.html']);
    expect(entries.get(hashed.key)?.retainedSince).toBe(now);
  });

  test('a planned key that was never written is a bug', () => {
    const plan = makePlan([index]);
    const given = {
      plan,
      previous: undefined,
      written: new Map(),
      deferred: new Set<string>(),
      leavesLate: false,
      storeEtag: undefined,
      run,
      now,
      releases: 1,
    };
    expect(() => nextManifest(given)).toThrow('index.html was planned and never written');
  });
});

test('the head', () => {
  const told = { rolledBackTo: null, unversioned: 0 };
  const { entries: _, ...head } = next([index], holding([]));
  expect(head).toEqual({
    schema: 1,
    siteId: 'abcdefghij',
    channel: 'live',
    release: 'r-20261122-101500-3f9a1c',
    previousRelease: 'r-20261121-090210-77ac02',
    finishedAt: now + 5,
    run,
    tombstones: [],
    releases: ['r-20261122-101500-3f9a1c', 'r-20261121-090210-77ac02'],
    history: [{ ...told, id: 'r-20261122-101500-3f9a1c', finishedAt: now + 5, run, files: 1, bytes: 10 }],
    newestRuns: [],
    rolledBackTo: null,
    edge: { source: makeSource(), layout: { paths: null, rules: null }, running: null },
    store: null,
    hold: false,
  });
});

test('an entry whose change is left to the next run keeps its tags only while edges read them', () => {
  const old = makeAsset('old.css');
  const tags = objectTags(old.key, 'other');
  const entriesOf = (readsTags: boolean) => {
    const snapshot = makeSnapshot({
      objects: [index, old].map((asset) => makeObject(asset)),
      manifest: makeManifest([makeEntry(index), makeEntry(old, { tags })]),
    });
    const plan = { ...makePlan([index], { snapshot }), readsTags };
    return nextManifest({
      ...{ plan, previous: snapshot.manifest, written: new Map(), deferred: new Set([old.key]), leavesLate: true },
      ...{ storeEtag: undefined, run, now, releases: 3 },
    }).entries;
  };
  expect(entriesOf(true).get(old.key)?.tags).toEqual(tags);
  expect(entriesOf(false).get(old.key)?.tags).toEqual([]);
});

test('a first deploy has no release before it', () => {
  const head = next([index], makeSnapshot({ manifest: undefined }));
  expect([head.previousRelease, head.releases]).toEqual([null, ['r-20261122-101500-3f9a1c']]);
});

test('only so many releases are kept', () => {
  expect(next([index], holding([], { releases: ['r-3', 'r-2', 'r-1'] })).releases).toEqual([
    'r-20261122-101500-3f9a1c',
    'r-3',
    'r-2',
  ]);
});

describe('tombstones', () => {
  const day = 86_400;
  const dead = (key: string, ageSeconds: number): Tombstone => ({
    key,
    sha256: 'x',
    headers: {},
    deletedAt: now + 5 - ageSeconds,
  });
  const fresh = { key: 'a.html', sha256: page.sha256, headers: page.headers, deletedAt: now + 5 };

  test.each<[string, readonly Asset[], Snapshot, readonly Tombstone[]]>([
    ['of a deleted key', [index], holding([index, page]), [fresh]],
    [
      'of an earlier deploy stays',
      [index],
      holding([index], { tombstones: [dead('b.html', day)] }),
      [dead('b.html', day)],
    ],
    [
      'is dropped when nothing can hold the key any more',
      [index],
      holding([index], { tombstones: [dead('b.html', 2 * day)] }),
      [],
    ],
    [
      'is dropped when the key exists again',
      [index, page],
      holding([index], { tombstones: [dead('a.html', day)] }),
      [],
    ],
    [
      'of the same key is the later one',
      [index],
      holding([index, page], { tombstones: [dead('a.html', day)] }),
      [fresh],
    ],
  ])('%s', (_, assets, snapshot, expected) => {
    expect(next(assets, snapshot).tombstones).toEqual(expected);
  });
});
