import { describe, expect, test } from 'vitest';
import type { ReleaseHead } from '../../../src/model/manifest.ts';
import type { Change } from '../../../src/model/plan.ts';
import { isPruned, pruneRetained } from '../../../src/plan/retention/prune-retained.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';
import { makePlan, now } from '../../support/make-plan.ts';
import { makeSnapshot } from '../../support/make-snapshot.ts';

const day = 86_400;
const index = makeAsset('index.html');
const hashed = makeAsset('assets/app-DiwrgTda.js');

const head = (id: string, finishedAt: number): ReleaseHead => ({
  ...{ id, finishedAt, rolledBackTo: null, files: 1, bytes: 1, unversioned: 0 },
  run: { user: 'ann', host: 'desk', message: null, ci: null },
});

/** The site without its old asset for `days`, with releases that were finished that many days ago. */
function snapshotOf(days: number, releases: readonly (number | 'unknown')[]) {
  const ids = releases.map((_, at) => `r-${at}`);
  const history = releases.flatMap((ago, at) => (ago === 'unknown' ? [] : [head(`r-${at}`, now - ago * day)]));
  const entries = [makeEntry(index), makeEntry(hashed, { retainedSince: now - days * day })];
  return makeSnapshot({
    objects: [makeObject(index), makeObject(hashed)],
    manifest: makeManifest(entries, { releases: ids, history }),
  });
}

const kindOf = (changes: readonly Change[]) =>
  changes.find((change) => 'entry' in change && change.entry.key === hashed.key)?.kind;

const cases: readonly (readonly [string, number, readonly (number | 'unknown')[], 'retain' | 'delete'])[] = [
  ['its time is over and every kept release is younger', 31, [0, 10, 30], 'delete'],
  ['its time is over to the second', 30, [0, 29], 'delete'],
  ['its time is not over', 29, [0, 10], 'retain'],
  ['a kept release is older, which may hold it', 31, [0, 10, 32], 'retain'],
  ['a kept release is as old, which may hold it', 31, [0, 31], 'retain'],
  ['nothing is known of a kept release', 31, [0, 10, 'unknown'], 'retain'],
];

test.each(cases)('%s', (_, days, releases, expected) => {
  const plan = makePlan([index], { snapshot: snapshotOf(days, releases) });
  expect(kindOf(plan.changes)).toBe(expected);
});

describe('what is pruned', () => {
  const snapshot = snapshotOf(31, [0]);
  const plan = makePlan([index], { snapshot });

  test('is not invalidated, as edges hold what its name promises', () => {
    expect(plan.changes.filter((change) => isPruned(change, snapshot))).toHaveLength(1);
    expect(plan.invalidations).toEqual([]);
  });

  test('is invalidated where somebody wrote it since', () => {
    const objects = [makeObject(index), makeObject(hashed, { lastModified: now })];
    const pruned = plan.changes.filter((change) => isPruned(change, makeSnapshot({ objects })));
    expect(pruned).toEqual([]);
  });

  test('comes back with the build that needs it', () => {
    const back = makePlan([index, hashed], { snapshot });
    expect(kindOf(back.changes)).toBe('keep');
  });

  test('nothing, without a manifest or where it has just been retained', () => {
    const { manifest } = snapshot;
    const retain = { kind: 'retain', entry: makeEntry(hashed, { retainedSince: 0 }), fresh: true } as const;
    expect(pruneRetained([retain], { manifest, assetsSeconds: 0, now })).toEqual([retain]);
    const old = { ...retain, fresh: false };
    expect(pruneRetained([old], { manifest: undefined, assetsSeconds: 0, now })).toEqual([old]);
  });
});
