import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { isEmptyPlan } from '../../src/plan/is-empty-plan.ts';
import { makeAnnouncement } from '../support/make-announcement.ts';
import { makeAsset } from '../support/make-asset.ts';
import { makeEdge } from '../support/make-edge.ts';
import { makeEntry, makeObject } from '../support/make-entry.ts';
import { makeManifest } from '../support/make-manifest.ts';
import { makePlan } from '../support/make-plan.ts';
import { makeSnapshot, nothingThere } from '../support/make-snapshot.ts';
import { makeTarget } from '../support/make-target.ts';

const index = makeAsset('index.html');
const page = makeAsset('a.html');
const hashed = makeAsset('assets/app-DiwrgTda.js');
const published = { objects: [makeObject(index)], manifest: makeManifest([makeEntry(index)]) };
const foreign = (...keys: string[]) => ({ objects: keys.map((key) => makeObject(makeAsset(key, 'theirs'))) });

describe('what needs a yes', () => {
  test.each<[string, readonly string[], Snapshot, Parameters<typeof makePlan>[1]]>([
    ['a first deploy', ['creates infrastructure'], nothingThere, {}],
    ['a first deploy without a distribution', ['creates infrastructure'], { ...nothingThere, cdn: undefined }, {}],
    ['nothing to do', [], makeSnapshot(published), {}],
    ['an ordinary deploy', [], makeSnapshot(), {}],
    ['another text of the function', [], makeSnapshot(), { edge: makeEdge('other') }],
    ['a changed field', ['alters infrastructure'], makeSnapshot(), { edge: makeEdge('edge code', 'x.html') }],
    ['a lost policy', ['alters infrastructure'], makeSnapshot({ policy: [] }), {}],
    [
      'a bucket of ours that was never finished',
      ['alters infrastructure'],
      { ...nothingThere, bucket: { kind: 'present', owned: true }, cdn: undefined },
      { target: makeTarget({ cdn: false }) },
    ],
    [
      'adopting a bucket',
      ['creates infrastructure', 'adopts a bucket'],
      { ...nothingThere, bucket: { kind: 'present', owned: false } },
      { allowed: { adopt: true } },
    ],
    ['a stranger’s object', ['overwrites 1 object that cdnpub did not publish'], makeSnapshot(foreign('a.html')), {}],
    [
      'strangers’ objects',
      ['overwrites 2 objects that cdnpub did not publish'],
      makeSnapshot(foreign('a.html', 'index.html')),
      {},
    ],
    ['a stranger’s object that nobody touches', [], makeSnapshot(foreign('theirs.html')), {}],
    [
      'drift of our own object',
      [],
      makeSnapshot({ ...published, objects: [makeObject(index, { etag: 'x', size: 1 })] }),
      {},
    ],
    [
      'what a killed run left',
      [],
      makeSnapshot({ ...foreign('a.html'), announcements: [makeAnnouncement(['a.html'])] }),
      {},
    ],
  ])('%s', (_, reasons, snapshot, given) => {
    expect(makePlan([index, page], { snapshot, ...given }).confirm).toEqual({ needed: reasons.length > 0, reasons });
  });
});

describe('an empty plan', () => {
  const retained = makeManifest([makeEntry(index), makeEntry(hashed, { retainedSince: 5 })]);

  test.each<[string, boolean, Snapshot]>([
    ['all as it was', true, makeSnapshot(published)],
    [
      'with assets retained since long',
      true,
      makeSnapshot({ objects: [makeObject(index), makeObject(hashed)], manifest: retained }),
    ],
    [
      'with a stranger’s object beside',
      true,
      makeSnapshot({ ...published, objects: [makeObject(index), makeObject(page)] }),
    ],
    ['something to write', false, makeSnapshot()],
    [
      'something to record',
      false,
      makeSnapshot({ ...published, manifest: makeManifest([makeEntry(index), makeEntry(page)]) }),
    ],
    [
      'something to retain',
      false,
      makeSnapshot({
        objects: [makeObject(index), makeObject(hashed)],
        manifest: makeManifest([makeEntry(index), makeEntry(hashed)]),
      }),
    ],
    ['something to build', false, makeSnapshot({ ...published, policy: [] })],
    ['somebody to clear up after', false, makeSnapshot({ ...published, announcements: [makeAnnouncement([])] })],
  ])('%s: %s', (_, expected, snapshot) => {
    expect(isEmptyPlan(makePlan([index], { snapshot }))).toBe(expected);
  });
});

describe('clearing up after a run that died makes a release', () => {
  const died = [makeAnnouncement(['index.html', 'never.html'])];
  const back = { 'index.html': { sameBytes: true, headers: index.headers, versionId: 'v2' } };
  const left = makeAnnouncement([]);
  const awaits = [{ distribution: 'E1', id: 'I1' }];
  test.each<[string, boolean, Parameters<typeof makeSnapshot>[0]]>([
    ['where all is as it was', false, { announcements: died, readBack: back }],
    ['where nothing was announced', false, { announcements: [makeAnnouncement([])] }],
    ['where a file must be written', true, { announcements: died }],
    [
      'where a file stays as the dead run wrote it',
      true,
      { announcements: died, readBack: back, manifest: makeManifest([makeEntry(makeAsset('index.html', 'older'))]) },
    ],
    [
      'where headers stay as the dead run wrote them',
      true,
      {
        ...{ announcements: died, readBack: back },
        manifest: makeManifest([makeEntry(makeAsset('index.html', undefined, { headers: { 'content-type': 'a/b' } }))]),
      },
    ],
    [
      'where a file of the last release is gone',
      true,
      {
        ...{ announcements: died, readBack: back },
        manifest: makeManifest([makeEntry(index), makeEntry(page)]),
      },
    ],
    [
      'where a file that was kept for open tabs is one of the build again',
      true,
      { announcements: died, readBack: back, manifest: makeManifest([makeEntry(index, { retainedSince: 5 })]) },
    ],
    ['where something is to be made', true, { announcements: died, readBack: back, policy: [] }],
    ['where nothing is known of what was live', true, { announcements: died, readBack: back, manifest: undefined }],
    ['where a late part was left', true, { announcements: [{ ...left, value: { ...left.value, awaits } }] }],
    ['where nobody died', true, {}],
  ])('%s: %s', (_, expected, given) => {
    expect(makePlan([index], { snapshot: makeSnapshot({ ...published, ...given }) }).makesRelease).toBe(expected);
  });
});

describe('the plan as data', () => {
  test('names where it goes and what came before', () => {
    const plan = makePlan([index], {
      warnings: ['careful'],
      snapshot: makeSnapshot({
        ...published,
        announcements: [makeAnnouncement([], 'r-1'), makeAnnouncement([], 'r-2')],
      }),
    });
    expect(plan).toMatchObject({
      schema: 1,
      target: makeTarget(),
      release: 'r-20261122-101500-3f9a1c',
      previousRelease: 'r-20261121-090210-77ac02',
      siteId: 'abcdefghij',
      takesOver: ['r-1', 'r-2'],
      warnings: ['careful'],
    });
  });

  test('can be written down and read back', () => {
    const plan = makePlan([index, hashed], { snapshot: nothingThere });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('a new site gets the id that was minted, an old one keeps its own', () => {
    expect(makePlan([index], { snapshot: nothingThere }).siteId).toBe('newsiteid0');
    expect(makePlan([index], { snapshot: { ...nothingThere, site: makeSnapshot().site } }).siteId).toBe('abcdefghij');
  });

  test.each([
    [{ kind: 'absent' } as const, false],
    [{ kind: 'present', owned: true } as const, false],
    [{ kind: 'present', owned: false } as const, true],
  ])('a record written into a bucket %j says adopted: %s', (bucket, adopted) => {
    const plan = makePlan([index], { snapshot: { ...nothingThere, bucket }, allowed: { adopt: true } });
    const step = plan.infrastructure.find(({ kind }) => kind === 'writeSiteRecord');
    expect(step).toMatchObject({
      record: { schema: 1, site: 'docs', siteId: 'newsiteid0', generation: 1, distribution: null, adopted },
    });
  });
});
