import { describe, expect, test } from 'vitest';
import type { Asset } from '../../../src/model/asset.ts';
import type { Manifest } from '../../../src/model/manifest.ts';
import type { ObjectHead } from '../../../src/model/ports.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { classify } from '../../../src/plan/assets/classify.ts';
import { isEmptyPlan } from '../../../src/plan/is-empty-plan.ts';
import { keyOf } from '../../../src/plan/objects/diff-objects.ts';
import { chooseRelease } from '../../../src/plan/rollback/choose-release.ts';
import { compareReleases } from '../../../src/plan/rollback/compare-releases.ts';
import { planRollback } from '../../../src/plan/rollback/plan-rollback.ts';
import { filesToRestore, refuseUnrestorable } from '../../../src/plan/rollback/refuse-unrestorable.ts';
import { releaseInventory } from '../../../src/plan/rollback/release-inventory.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEdge } from '../../support/make-edge.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';
import { makePlan, planInput } from '../../support/make-plan.ts';
import { makeSettings } from '../../support/make-settings.ts';
import { makeSnapshot } from '../../support/make-snapshot.ts';

const settings = makeSettings();
const classOf = (key: string) => classify(key, settings);

const page = makeAsset('a.html', 'now');
const [old, same, gone] = [makeAsset('a.html', 'then'), makeAsset('index.html'), makeAsset('b.txt')];
const hashed = makeAsset('assets/app-DiwrgTda.js');

const released = (assets: readonly Asset[], given: Partial<Manifest> = {}): Manifest =>
  makeManifest(
    assets.map((asset) => makeEntry(asset, { versionId: `${asset.key}@then` })),
    { release: 'r-then', ...given },
  );

const live = (assets: readonly Asset[], given: Partial<Manifest> = {}): Snapshot =>
  makeSnapshot({
    objects: assets.map((asset) => makeObject(asset)),
    manifest: makeManifest(
      assets.map((asset) => makeEntry(asset)),
      given,
    ),
  });

function back(release: Manifest, snapshot: Snapshot, hold = false) {
  const { allowed: _, dirName: __, warnings: ___, ...input } = planInput([], { snapshot, settings, classOf });
  return planRollback({ ...input, inventory: releaseInventory(release, classOf), release, hold });
}

const told = (release: Manifest, snapshot: Snapshot) =>
  back(release, snapshot).changes.map((change) => `${change.kind} ${keyOf(change)}`);

describe('what happens to each key', () => {
  const reheaded = { ...same, headers: { ...same.headers, 'content-language': 'de' } };
  const rows: readonly (readonly [string, Manifest, Snapshot, readonly string[]])[] = [
    ['the same bytes and headers, in whatever version', released([same]), live([same]), ['keep index.html']],
    ['other bytes', released([old]), live([page]), ['change a.html']],
    ['other headers', released([same]), live([reheaded]), ['headers index.html']],
    ['a key that was deleted since', released([same, gone]), live([same]), ['add b.txt', 'keep index.html']],
    ['a key that came since', released([same]), live([same, gone]), ['delete b.txt', 'keep index.html']],
    ['a fingerprinted one that came since', released([]), live([hashed]), ['retain assets/app-DiwrgTda.js']],
  ];

  test.each(rows)('%s', (_, release, snapshot, expected) => expect(told(release, snapshot)).toEqual(expected));

  test('what the release only kept for open tabs is none of its files', () => {
    const release = makeManifest([makeEntry(same), makeEntry(hashed, { retainedSince: 1 })]);
    expect(told(release, live([same]))).toEqual(['keep index.html']);
    expect(told(release, live([same, hashed]))).toEqual(['retain assets/app-DiwrgTda.js', 'keep index.html']);
  });

  test('bytes come from the version on record', () => {
    const files = filesToRestore(back(released([old, same, gone]), live([page, same])));
    expect(files.map(({ key, versionId }) => [key, versionId])).toEqual([
      ['a.html', 'a.html@then'],
      ['b.txt', 'b.txt@then'],
    ]);
  });
});

describe('the plan', () => {
  test('makes a release of its own that says what it brought back', () => {
    const plan = back(released([old]), live([page]));
    expect(plan).toMatchObject({
      ...{ release: 'r-20261122-101500-3f9a1c', previousRelease: 'r-20261121-090210-77ac02' },
      rollback: { to: 'r-then', hold: false, beginsHold: false },
    });
  });

  test('brings the text of the edge function back, which needs no yes', () => {
    const { allowed: _, dirName: __, warnings: ___, ...input } = planInput([], { snapshot: live([same]) });
    const inventory = releaseInventory(released([same]), classOf);
    const edge = makeEdge('as it was');
    const plan = planRollback({ ...input, inventory, edge, release: released([same]), hold: false });
    expect(plan.infrastructure).toEqual([expect.objectContaining({ kind: 'updateFunction', code: 'as it was' })]);
    expect(plan).toMatchObject({ edge: { source: edge.source }, confirm: { needed: false } });
  });

  test('is refused by nothing that judges a build, nor by a hold', () => {
    const many = Array.from({ length: 40 }, (_, at) => makeAsset(`p${at}.html`));
    expect(back(released([]), live([same, ...many], { hold: true })).refusals).toEqual([]);
  });

  test.each([
    ['a hold that stands stays', true, false, { hold: true, beginsHold: false }],
    ['a hold begins', false, true, { hold: true, beginsHold: true }],
    ['a hold that stands does not begin again', true, true, { hold: true, beginsHold: false }],
  ] as const)('%s', (_, held, hold, expected) => {
    const plan = back(released([same]), live([same], { hold: held }), hold);
    expect(plan.rollback).toEqual({ to: 'r-then', ...expected });
    expect(isEmptyPlan(plan)).toBe(!expected.beginsHold);
  });

  test('a deploy after it says that somebody went back', () => {
    const snapshot = live([same], { rolledBackTo: 'r-then' });
    const plan = makePlan([same], { snapshot });
    expect(plan.warnings).toEqual(['the live release r-20261121-090210-77ac02 is a rollback to r-then']);
    expect([plan.previousRolledBackTo, plan.rollback]).toEqual(['r-then', null]);
    expect(back(released([same]), snapshot).warnings).toEqual([]);
  });
});

describe('versions are asked for first', () => {
  const release = released([old, gone]);
  const files = releaseInventory(release, classOf).assets;
  const headOf = (key: string): [string, ObjectHead] => {
    const { etag = '', size = 0, versionId = null } = release.entries.get(key) ?? {};
    return [key, { etag, size, versionId, lastModified: 0, sha256: null, headers: {} }];
  };
  const all = new Map(['a.html', 'b.txt'].map(headOf));
  const ci = {
    provider: 'github',
    repository: 'o/r',
    workflow: 'w',
    ref: 'main',
    runNumber: 7,
    url: '',
    commit: 'c0ffee',
  };

  test('all there: nothing against it', () => expect(refuseUnrestorable(files, all, release)).toBeUndefined());

  test.each([
    ['one is gone', files, new Map([headOf('b.txt')]), /no longer has the version of a\.html$/],
    ['all are gone', files, new Map(), /no longer has the version of a\.html, b\.txt$/],
    [
      'one is other bytes by now',
      files,
      new Map([...all, ['a.html', { ...all.get('a.html'), etag: 'other' }]]) as typeof all,
      /no longer has the version of a\.html$/,
    ],
    [
      'one never had a version',
      files.map((file) => ({ ...file, versionId: null })),
      all,
      /kept no version of a\.html, b/,
    ],
  ] as const)('%s', (_, asked, heads, message) => {
    expect(refuseUnrestorable(asked, heads, release)).toMatchObject({
      ...{ code: 'E_STALE', message: expect.stringMatching(message) },
    });
  });

  test('the first names are told, and the commit that made them', () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ ...(files[0] as (typeof files)[0]), key: `${at}.txt` }));
    const run = { user: 'ann', host: 'desk', message: null, ci };
    const refusal = refuseUnrestorable(many, new Map(), { ...release, run });
    expect(refusal?.message).toMatch(/0\.txt, .* 9\.txt and 2 more$/);
    expect(refusal?.hints[0]).toBe('cdnpub deploy DIR with that build, made of commit c0ffee');
  });
});

describe('which release', () => {
  const manifest = makeManifest([], { releases: ['r-3', 'r-2', 'r-1'] });

  test.each([
    ['none typed: the one before the live one', manifest, undefined, 'r-2'],
    ['one that is kept', manifest, 'r-1', 'r-1'],
    ['the live one', manifest, 'r-3', 'r-3'],
    ['without a manifest the one that is typed', undefined, 'r-1', 'r-1'],
  ])('%s', (_, known, typed, expected) => expect(chooseRelease(known, typed)).toBe(expected));

  test.each([
    ['one that is not kept', manifest, 'r-0', /there is no release r-0/],
    ['none before the first', makeManifest([], { releases: ['r-1'] }), undefined, /no release before the live one/],
    ['none typed and no manifest', undefined, undefined, /nothing is known of what is live/],
  ])('%s', (_, known, typed, message) => expect(() => chooseRelease(known, typed)).toThrow(message));
});

test('two releases side by side', () => {
  const reheaded = { ...same, headers: { ...same.headers, 'content-language': 'de' } };
  const now = makeManifest([page, reheaded, hashed].map((asset) => makeEntry(asset)));
  expect(compareReleases(now, released([old, same, gone]))).toEqual([
    { kind: 'change', key: 'a.html', size: 4, reason: 'content' },
    { kind: 'delete', key: 'assets/app-DiwrgTda.js', size: hashed.size, reason: 'not in it' },
    { kind: 'add', key: 'b.txt', size: 5, reason: 'only in it' },
    { kind: 'headers', key: 'index.html', size: 10, reason: 'content-language: de → none' },
  ]);
  expect(compareReleases(now, now)).toEqual([]);
  expect(compareReleases(undefined, released([same])).map(({ kind }) => kind)).toEqual(['add']);
});
