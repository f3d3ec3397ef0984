import { describe, expect, test } from 'vitest';
import type { AssetClass } from '../../../src/model/asset.ts';
import type { Change, ChangeKind } from '../../../src/model/plan.ts';
import { isWork, isWrite } from '../../../src/plan/change-summary.ts';
import { keyOf } from '../../../src/plan/objects/diff-objects.ts';
import { orderWaves, type WaveName, waveOrder } from '../../../src/plan/waves/order-waves.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEntry } from '../../support/make-entry.ts';
import { makePlan } from '../../support/make-plan.ts';
import { nothingThere } from '../../support/make-snapshot.ts';

const keys = {
  entry: 'index.html',
  page: 'docs/a.html',
  pointer: 'sw.js',
  fingerprinted: 'assets/app-DiwrgTda.js',
  other: 'robots.txt',
} as const satisfies Record<AssetClass, string>;

function changeOf(kind: ChangeKind, key: string): Change {
  const asset = makeAsset(key);
  const entry = makeEntry(asset);
  const seen = { etag: 'e', reason: 'r', foreign: false } as const;
  switch (kind) {
    case 'add':
      return { kind, asset, reason: 'new', cachedBefore: false };
    case 'change':
    case 'headers':
      return { kind, asset, ...seen };
    case 'keep':
      return { kind, asset, entry, recorded: true };
    case 'retain':
      return { kind, entry, fresh: true };
    case 'delete':
      return { kind, entry, etag: 'e', reason: 'removed' };
    case 'forget':
      return { kind, entry, reason: 'missing from the bucket' };
  }
}

const waveOf = (change: Change): string =>
  orderWaves({ ...makePlan([]), changes: [change] })
    .filter(({ writes }) => writes.length > 0)
    .map(({ name }) => name)
    .join();

describe('each kind of change of each class has its wave', () => {
  const none = '';
  test.each<[ChangeKind, Record<AssetClass, WaveName | ''>]>([
    [
      'add',
      { fingerprinted: 'fingerprinted', other: 'newAssets', page: 'newPages', entry: 'entryPages', pointer: 'late' },
    ],
    [
      'change',
      {
        fingerprinted: 'fingerprinted',
        other: 'changedAssets',
        page: 'changedPages',
        entry: 'entryPages',
        pointer: 'late',
      },
    ],
    [
      'headers',
      {
        fingerprinted: 'fingerprinted',
        other: 'changedAssets',
        page: 'changedPages',
        entry: 'entryPages',
        pointer: 'late',
      },
    ],
    ['delete', { fingerprinted: 'late', other: 'late', page: 'removedPages', entry: 'removedPages', pointer: 'late' }],
    ['keep', { fingerprinted: none, other: none, page: none, entry: none, pointer: none }],
    ['retain', { fingerprinted: none, other: none, page: none, entry: none, pointer: none }],
    ['forget', { fingerprinted: none, other: none, page: none, entry: none, pointer: none }],
  ])('%s', (kind, expected) => {
    const found = Object.entries(keys).map(([assetClass, key]) => [assetClass, waveOf(changeOf(kind, key))]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});

test('the order of the waves', () => {
  expect(waveOrder).toEqual([
    'bucket',
    'announce',
    'provision',
    'inherited',
    'fingerprinted',
    'newAssets',
    'changedAssets',
    'newPages',
    'edge',
    'changedPages',
    'entryPages',
    'removedPages',
    'invalidate',
    'late',
    'invalidateLate',
    'commit',
    'withdraw',
  ]);
  expect(orderWaves(makePlan([])).map(({ name }) => name)).toEqual(waveOrder);
});

test('a first deploy makes the bucket, then what it takes to serve it, in the order in which each finds what it needs', () => {
  const waves = orderWaves(makePlan([makeAsset('index.html')], { snapshot: nothingThere }));
  const steps = waves.filter(({ infrastructure }) => infrastructure.length > 0);
  expect(steps.map(({ name, infrastructure }) => [name, infrastructure.map(({ kind }) => kind).join(' ')])).toEqual([
    ['bucket', 'createBucket configureBucket writeSiteRecord'],
    [
      'provision',
      'createStore createFunction createOac createCachePolicy createHeadersPolicy createDistribution recordResources putBucketPolicy',
    ],
  ]);
});

test('every write is in exactly one wave, and every step too', () => {
  const assets = Object.values(keys).map((key) => makeAsset(key));
  const plan = makePlan(assets, { snapshot: nothingThere });
  const waves = orderWaves(plan);
  expect(waves.flatMap(({ writes }) => writes.map(keyOf)).sort()).toEqual(plan.changes.map(keyOf).sort());
  expect(waves.flatMap(({ infrastructure }) => infrastructure)).toHaveLength(plan.infrastructure.length);
});

describe('what a change amounts to', () => {
  test.each<[string, Change, boolean, boolean]>([
    ['add', changeOf('add', 'a'), true, true],
    ['change', changeOf('change', 'a'), true, true],
    ['headers', changeOf('headers', 'a'), true, true],
    ['delete', changeOf('delete', 'a'), true, true],
    ['keep as recorded', changeOf('keep', 'a'), false, false],
    [
      'keep to be recorded',
      { kind: 'keep', asset: makeAsset('a'), entry: makeEntry(makeAsset('a')), recorded: false },
      true,
      false,
    ],
    ['retain from now on', changeOf('retain', 'a'), true, false],
    ['retain as before', { kind: 'retain', entry: makeEntry(makeAsset('a')), fresh: false }, false, false],
    ['forget', changeOf('forget', 'a'), true, false],
  ])('%s', (_, change, work, write) => {
    expect({ work: isWork(change), write: isWrite(change) }).toEqual({ work, write });
  });
});
