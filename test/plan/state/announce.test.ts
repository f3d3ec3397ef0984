import { expect, test } from 'vitest';
import { announce } from '../../../src/plan/state/announce.ts';
import { digest } from '../../support/digest.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEdge, makeSource } from '../../support/make-edge.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';
import { makePlan } from '../../support/make-plan.ts';
import { makeSnapshot } from '../../support/make-snapshot.ts';

const index = makeAsset('index.html', '1');
const kept = makeAsset('kept.html');
const gone = makeAsset('a b/gone.html');
const reheaded = makeAsset('logo.svg');
const hashed = makeAsset('assets/app-DiwrgTda.js');
const before = [index, kept, gone, reheaded, hashed];

test('every key that will be written or deleted is announced with what was seen and what will be', () => {
  const snapshot = makeSnapshot({
    objects: before.map((asset) => makeObject(asset)),
    manifest: makeManifest(before.map((asset) => makeEntry(asset))),
  });
  const changed = makeAsset('index.html', '2');
  const headers = { ...reheaded.headers, 'content-language': 'en' };
  const added = makeAsset('new.html');
  const assets = [changed, kept, { ...reheaded, headers }, added];
  const plan = makePlan(assets, { snapshot, edge: makeEdge('other') });
  expect(announce(plan, 1234, digest)).toEqual({
    schema: 1,
    run: 'r-20261122-101500-3f9a1c',
    release: 'r-20261122-101500-3f9a1c',
    startedAt: 1234,
    keys: [
      {
        key: 'a b/gone.html',
        action: 'delete',
        etag: makeEntry(gone).etag,
        sha256: null,
        headersHash: null,
        paths: ['/a%20b/gone.html'],
        tags: [],
      },
      {
        key: 'index.html',
        action: 'change',
        etag: makeEntry(index).etag,
        sha256: changed.sha256,
        headersHash: digest(JSON.stringify(changed.headers)),
        paths: ['/index.html'],
        tags: [],
      },
      {
        key: 'logo.svg',
        action: 'headers',
        etag: makeEntry(reheaded).etag,
        sha256: reheaded.sha256,
        headersHash: digest(JSON.stringify(headers)),
        paths: ['/logo.svg'],
        tags: [],
      },
      {
        key: 'new.html',
        action: 'add',
        etag: null,
        sha256: added.sha256,
        headersHash: digest(JSON.stringify(added.headers)),
        paths: ['/new.html'],
        tags: [],
      },
    ],
    edge: ['function cdnpub-docs-abcdefghij-request'],
    source: makeSource(),
    awaits: [],
  });
});

test('what is only kept, retained or forgotten is not announced', () => {
  const manifest = makeManifest([kept, gone, hashed].map((asset) => makeEntry(asset)));
  const snapshot = makeSnapshot({ manifest, objects: [kept, hashed].map((asset) => makeObject(asset)) });
  const plan = makePlan([kept], { snapshot });
  expect(plan.changes.map(({ kind }) => kind)).toEqual(['forget', 'retain', 'keep']);
  expect(announce(plan, 1, digest).keys).toEqual([]);
});
