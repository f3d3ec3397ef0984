import { describe, expect, test } from 'vitest';
import type { Asset } from '../../../src/model/asset.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { makeAnnouncement } from '../../support/make-announcement.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';
import { makePlan } from '../../support/make-plan.ts';
import { makeSettings } from '../../support/make-settings.ts';
import { makeSnapshot, nothingThere } from '../../support/make-snapshot.ts';
import { makeTarget } from '../../support/make-target.ts';

type Given = Parameters<typeof makePlan>[1];

const index = makeAsset('index.html');
const codes = ({ refusals }: Plan): readonly string[] => refusals.map(({ code }) => code);
const site = makeSnapshot().site?.value;
if (site === undefined) throw new Error('the made site has a record');

const project = { signs: ['package.json', 'node_modules'], probableBuild: 'dist' };
const secrets = [{ key: 'id_rsa', what: 'private key' }];
const foreignBucket: Snapshot = makeSnapshot({
  bucket: { kind: 'present', owned: false },
  site: undefined,
  manifest: undefined,
});
const ofSite = (given: Partial<typeof site>) => makeSnapshot({ site: { value: { ...site, ...given }, etag: 'e' } });

describe('each guard, and what lets it through', () => {
  test.each<[string, readonly string[], readonly Asset[], Given]>([
    ['nothing to say', [], [index], {}],
    ['an empty build', ['E_EMPTY'], [], {}],
    ['an empty build, allowed', [], [], { allowed: { empty: true } }],
    ['no index', ['E_NO_INDEX'], [makeAsset('docs/index.html')], {}],
    ['an index under the base path', [], [makeAsset('docs/index.html')], { settings: underDocs }],
    ['no index under the base path', ['E_NO_INDEX'], [index], { settings: underDocs }],
    ['no index, allowed', [], [makeAsset('docs/index.html')], { allowed: { noIndex: true } }],
    ['a project', ['E_PROJECT_ROOT'], [index], { inventory: { project } }],
    ['a project, allowed', [], [index], { inventory: { project }, allowed: { projectRoot: true } }],
    ['a secret', ['E_SECRETS'], [index], { inventory: { secrets } }],
    ['a secret, allowed', [], [index], { inventory: { secrets }, allowed: { secrets: true } }],
    ['the account of the config', [], [index], { settings: makeSettings({ account: '111122223333' }) }],
    ['another account', ['E_ACCOUNT'], [index], { settings: makeSettings({ account: '999999999999' }) }],
    [
      'an unknown account',
      [],
      [index],
      { settings: makeSettings({ account: '999999999999' }), target: makeTarget({ account: null }) },
    ],
    ['a bucket that is not there yet', [], [index], { snapshot: nothingThere }],
    ['a bucket of somebody else', ['E_FOREIGN_BUCKET'], [index], { snapshot: foreignBucket }],
    ['a bucket of somebody else, adopted', [], [index], { snapshot: foreignBucket, allowed: { adopt: true } }],
    [
      'another site in the folder',
      ['E_FOREIGN_BUCKET'],
      [index],
      { snapshot: ofSite({ site: 'blog' }), allowed: { adopt: true } },
    ],
    [
      'a manifest of another site',
      ['E_FOREIGN_BUCKET'],
      [index],
      { snapshot: ofSite({ siteId: 'otherother' }), allowed: { adopt: true } },
    ],
    ['no distribution where there is one', ['E_CONFIG'], [index], { target: makeTarget({ cdn: false }) }],
    [
      'no distribution where there is none',
      [],
      [index],
      { target: makeTarget({ cdn: false }), snapshot: ofSite({ distribution: null }) },
    ],
  ])('%s', (_, expected, assets, given) => {
    expect(codes(makePlan(assets, given))).toEqual(expected);
  });

  test('no flag allows another account, another site or a lost distribution', () => {
    const allowed = {
      empty: true,
      noIndex: true,
      projectRoot: true,
      secrets: true,
      massDelete: true,
      adopt: true,
      older: true,
    };
    expect(codes(makePlan([index], { allowed, settings: makeSettings({ account: '999999999999' }) }))).toEqual([
      'E_ACCOUNT',
    ]);
    expect(codes(makePlan([index], { allowed, snapshot: ofSite({ site: 'blog' }) }))).toEqual(['E_FOREIGN_BUCKET']);
    expect(codes(makePlan([index], { allowed, target: makeTarget({ cdn: false }) }))).toEqual(['E_CONFIG']);
  });

  test('all that is wrong is told, the place before the content', () => {
    const given = {
      inventory: { project, secrets },
      snapshot: foreignBucket,
      settings: makeSettings({ account: '9' }),
    };
    expect(codes(makePlan([makeAsset('a.js')], given))).toEqual([
      'E_ACCOUNT',
      'E_FOREIGN_BUCKET',
      'E_PROJECT_ROOT',
      'E_NO_INDEX',
      'E_SECRETS',
    ]);
  });
});

const underDocs = makeSettings({ basePath: 'docs/' });

describe('runs before and after', () => {
  const ci = {
    provider: 'github',
    repository: 'o/r',
    workflow: 'site',
    ref: 'refs/heads/main',
    runNumber: 7,
    url: '',
    commit: '',
  };
  const by = (given: Partial<typeof ci> | null) => ({
    user: 'ci',
    host: 'h',
    message: null,
    ci: given === null ? null : { ...ci, ...given },
  });

  test.each<[string, readonly string[], Partial<typeof ci> | null, Partial<typeof ci> | null]>([
    ['an older run', ['E_OLDER'], { runNumber: 6 }, {}],
    ['the same run again', [], {}, {}],
    ['a newer run', [], { runNumber: 8 }, {}],
    ['another workflow', [], { runNumber: 6, workflow: 'other' }, {}],
    ['another branch', [], { runNumber: 6, ref: 'refs/heads/next' }, {}],
    ['another repository', [], { runNumber: 6, repository: 'o/fork' }, {}],
    ['a person after CI', [], null, {}],
    ['CI after a person', [], { runNumber: 1 }, null],
  ])('%s', (_, expected, ours, live) => {
    const newestRuns = live === null ? [] : [{ ...ci, ...live }];
    const snapshot = makeSnapshot({ manifest: makeManifest([], { newestRuns }) });
    expect(codes(makePlan([index], { run: by(ours), snapshot }))).toEqual(expected);
    expect(codes(makePlan([index], { run: by(ours), snapshot, allowed: { older: true } }))).toEqual([]);
  });

  test('a held site stays as it is, whatever is allowed', () => {
    const snapshot = makeSnapshot({ manifest: makeManifest([], { hold: true }) });
    expect(codes(makePlan([index], { snapshot, allowed: { older: true, adopt: true } }))).toEqual(['E_HELD']);
  });
});

describe('deleting much', () => {
  const pages = (count: number): Asset[] => Array.from({ length: count }, (_, i) => makeAsset(`p${i}.txt`));
  const hashed = Array.from({ length: 60 }, (_, i) => makeAsset(`assets/app-DiwrgT${String(i).padStart(2, '0')}.js`));

  function refused(
    published: readonly Asset[],
    left: readonly Asset[],
    given: Given & { retained?: readonly Asset[] } = {},
  ) {
    const { retained = [], ...others } = given;
    const entries = [
      ...published.map((asset) => makeEntry(asset)),
      ...retained.map((asset) => makeEntry(asset, { retainedSince: 5 })),
    ];
    const objects = [...published, ...retained].map((asset) => makeObject(asset));
    const snapshot = makeSnapshot({ objects, manifest: makeManifest(entries) });
    return codes(makePlan(left, { snapshot, ...others }));
  }

  test.each<[string, number, number, readonly string[]]>([
    ['20 of 20 are few', 20, 20, []],
    ['21 of 22 are too many', 22, 21, ['E_MASS_DELETE']],
    ['21 of 62 are more than a third', 62, 21, ['E_MASS_DELETE']],
    ['21 of 63 are a third', 63, 21, []],
    ['40 of 120 are a third', 120, 40, []],
    ['41 of 120 are more', 120, 41, ['E_MASS_DELETE']],
  ])('%s', (_, published, deleted, expected) => {
    const before = [index, ...pages(published - 1)];
    expect(refused(before, before.slice(0, published - deleted), { allowed: { empty: true } })).toEqual(expected);
  });

  test('a flag allows it', () => {
    expect(refused([index, ...pages(60)], [index], { allowed: { massDelete: true } })).toEqual([]);
  });

  test('fingerprinted files are neither counted nor deleted', () => {
    const before = [index, ...pages(61)];
    expect(refused([...before, ...hashed], [index, ...pages(40), ...hashed])).toEqual(['E_MASS_DELETE']);
    expect(refused([...before, ...hashed], [index, ...pages(41), ...hashed])).toEqual([]);
    expect(refused([...before, ...hashed], [index, ...pages(61)])).toEqual([]);
    expect(refused(before, [index, ...pages(40)], { retained: hashed })).toEqual(['E_MASS_DELETE']);
  });

  test('fingerprinted files that change in place do not make the rest look smaller or larger', () => {
    const changed = hashed.map(({ key }) => makeAsset(key, 'other'));
    expect(refused([index, ...pages(61), ...hashed], [index, ...pages(40), ...changed])).toEqual(['E_MASS_DELETE']);
  });

  test('what a killed run left behind was never published by a finished deploy', () => {
    const left = pages(60);
    const snapshot = makeSnapshot({
      objects: left.map((asset) => makeObject(asset)),
      announcements: [makeAnnouncement(left.map(({ key }) => key))],
      readBack: Object.fromEntries(
        left.map(({ key, headers }) => [key, { sameBytes: true, headers, versionId: null }]),
      ),
    });
    const plan = makePlan([index], { snapshot });
    expect(plan.changes.filter(({ kind }) => kind === 'delete')).toHaveLength(60);
    expect(codes(plan)).toEqual([]);
  });

  test('the message tells how many of how many', () => {
    const entries = [index, ...pages(60), ...hashed].map((asset) => makeEntry(asset));
    const objects = [index, ...pages(60), ...hashed].map((asset) => makeObject(asset));
    const plan = makePlan([index], { snapshot: makeSnapshot({ objects, manifest: makeManifest(entries) }) });
    expect(plan.refusals[0]?.message).toBe('this would delete 60 of 61 published files that are not fingerprinted');
  });
});

describe('what a refusal says', () => {
  test.each<[string, Given, string, readonly string[]]>([
    [
      'a project with a build below it',
      { inventory: { project }, dirName: './site/' },
      './site/ is a project, not a build: it holds package.json, node_modules; the build is probably dist',
      ['cdnpub deploy ./site/dist', '--allow-project-root'],
    ],
    [
      'a project without',
      { inventory: { project: { signs: ['a', 'b', 'c', 'd', 'e'], probableBuild: null } } },
      'dist is a project, not a build: it holds a, b, c and 2 more',
      ['--allow-project-root'],
    ],
    [
      'one secret',
      { inventory: { secrets } },
      '1 file looks secret and would be public: id_rsa (private key)',
      ['take them out of the build, or name them under "ignore" in the config', '--allow-secrets'],
    ],
    [
      'another account',
      { settings: makeSettings({ account: '999999999999' }) },
      'these credentials belong to account 111122223333, the config names 999999999999',
      ['--profile NAME with credentials of that account', 'change "account" in the config'],
    ],
  ])('%s', (_, given, message, hints) => {
    expect(makePlan([index], given).refusals[0]).toMatchObject({ message, hints });
  });
});
