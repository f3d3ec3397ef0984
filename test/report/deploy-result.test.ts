import { describe, expect, test } from 'vitest';
import { CdnpubError } from '../../src/model/cdnpub-error.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Plan } from '../../src/model/plan.ts';
import { deployResult } from '../../src/report/deploy-result.ts';
import { failureObject } from '../../src/report/failure-object.ts';
import { makeAsset } from '../support/make-asset.ts';
import { makePlan } from '../support/make-plan.ts';
import { nothingThere } from '../support/make-snapshot.ts';
import { makeTarget } from '../support/make-target.ts';
import { everyKind, nothingToDo, outcome, reportOf, requests } from './made-deploys.ts';

const noRequests = {
  s3: { list: 0, get: 0, head: 0, put: 0, copy: 0, delete: 0, other: 0 },
  cloudfront: { read: 0, write: 0 },
  kvs: { read: 0, write: 0 },
};

const live = {
  schema: 1,
  ok: true,
  exit: 0,
  dryRun: false,
  changed: true,
  state: 'live',
  confirm: false,
  site: 'docs',
  channel: 'live',
  account: '111122223333',
  region: 'eu-west-1',
  bucket: 'docs-111122223333-eu-west-1-an',
  release: 'r-20261122-101500-3f9a1c',
  previousRelease: 'r-20261121-090210-77ac02',
  rolledBackTo: null,
  url: 'https://d111111abcdef8.cloudfront.net',
  distribution: { id: 'E2QWRUHAPOMQZL', domain: 'd111111abcdef8.cloudfront.net', status: 'Deployed', changes: [] },
  files: {
    total: 5,
    added: ['blog/new-post/index.html'],
    changed: ['index.html', 'sw.js'],
    headers: ['logo.svg'],
    deleted: ['drafts/old.html'],
    retained: ['assets/app-DiwrgTda.js'],
    unchanged: 1,
    leftOut: ['.nojekyll'],
    failed: [],
  },
  bytes: { total: 22_054, uploaded: 22_010 },
  requests,
  invalidations: [
    {
      id: 'I1',
      part: 'main',
      items: ['/drafts/old.html', '/index.html', '/logo.svg'],
      billable: 3,
      covers: 3,
      overcovers: 0,
    },
    { id: 'I2', part: 'late', items: ['/sw.js'], billable: 1, covers: 1, overcovers: 0 },
  ],
  refusals: [],
  warnings: ['careful', 'slow'],
  seconds: 3.1,
} as const;

describe('the object that programs read', () => {
  test('of a deploy that is live', () => expect(deployResult(reportOf({}))).toEqual(live));

  test('of one of which nothing is known, not even a plan', () => {
    const error = new CdnpubError('E_CREDENTIALS', { message: 'no credentials', hints: ['cdnpub dev dist'] });
    const early = {
      plan: undefined,
      outcome: undefined,
      leftOut: [],
      distribution: undefined,
      url: null,
      requests: undefined,
    };
    expect(deployResult(reportOf({ ...early, error, seconds: 0 }))).toEqual({
      schema: 1,
      ok: false,
      exit: 4,
      dryRun: false,
      changed: false,
      state: 'unchanged',
      confirm: false,
      site: null,
      channel: 'live',
      account: null,
      region: null,
      bucket: null,
      release: null,
      previousRelease: null,
      rolledBackTo: null,
      url: null,
      distribution: null,
      files: {
        total: 0,
        added: [],
        changed: [],
        headers: [],
        deleted: [],
        retained: [],
        unchanged: 0,
        leftOut: [],
        failed: [],
      },
      bytes: { total: 0, uploaded: 0 },
      requests: noRequests,
      invalidations: [],
      refusals: [],
      warnings: [],
      seconds: 0,
      error: { code: 'E_CREDENTIALS', message: 'no credentials', hints: ['cdnpub dev dist'], details: {} },
    });
  });

  const now = 'r-20261122-101500-3f9a1c';
  const last = 'r-20261121-090210-77ac02';
  test.each<[string, Partial<Outcome> | undefined, Partial<Plan>, [release: string | null, before: string | null]]>([
    ['published', {}, { releaseBefore: 'r-first' }, [now, last]],
    ['stopped half way', { state: 'partial' }, { releaseBefore: 'r-first' }, [last, 'r-first']],
    ['cleared up', {}, { makesRelease: false, releaseBefore: 'r-first' }, [last, 'r-first']],
    ['nothing to do', undefined, { ...nothingToDo, releaseBefore: 'r-first' }, [last, 'r-first']],
    ['nothing to do after a first deploy', undefined, nothingToDo, [last, null]],
    ['a first deploy that stopped', { state: 'partial' }, { previousRelease: null }, [null, null]],
  ])('tells the release that is live afterwards, and the one before it: %s', (_, ended, given, expected) => {
    const report = reportOf({ plan: { ...everyKind, ...given }, outcome: ended && { ...outcome, ...ended } });
    const { release, previousRelease } = deployResult(report);
    expect([release, previousRelease]).toEqual(expected);
  });

  test('of a dry run: what would be, nothing done', () => {
    expect(deployResult(reportOf({ dryRun: true, outcome: undefined }))).toEqual({
      ...live,
      dryRun: true,
      state: 'unchanged',
      bytes: { total: 22_054, uploaded: 0 },
      invalidations: live.invalidations.map((batch) => ({ ...batch, id: null })),
      warnings: ['careful'],
    });
  });

  test('of a dry run that would change nothing', () => {
    const found = deployResult(reportOf({ dryRun: true, plan: nothingToDo, outcome: undefined }));
    expect(found).toMatchObject({
      ok: true,
      changed: false,
      state: 'unchanged',
      release: 'r-20261121-090210-77ac02',
      previousRelease: null,
      invalidations: [],
    });
  });

  test('of a dry run of a first deploy', () => {
    const plan = makePlan([makeAsset('index.html')], { snapshot: nothingThere });
    const given = { dryRun: true, plan, outcome: undefined, distribution: undefined, url: null };
    expect(deployResult(reportOf(given))).toMatchObject({
      confirm: true,
      changed: true,
      release: 'r-20261122-101500-3f9a1c',
      previousRelease: null,
      rolledBackTo: null,
      url: null,
      distribution: { id: null, domain: null, status: null, changes: [] },
    });
  });

  test('of nothing to do', () => {
    const none = { ...outcome, state: 'unchanged', uploadedBytes: 0, invalidations: [], warnings: [] } as const;
    expect(deployResult(reportOf({ plan: nothingToDo, outcome: none }))).toMatchObject({
      ok: true,
      exit: 0,
      changed: false,
      state: 'unchanged',
      release: 'r-20261121-090210-77ac02',
      files: { total: 6, added: [], changed: [], headers: [], deleted: [], retained: [], unchanged: 6 },
      invalidations: [],
    });
  });

  test('of a deploy that stopped half way: the last release is still the live one', () => {
    const error = new CdnpubError('E_NETWORK', { message: 'reset', details: { key: 'sw.js' } });
    const failed = [{ key: 'sw.js', code: 'E_NETWORK', message: 'reset' }];
    const partial = {
      ...outcome,
      state: 'partial',
      failed,
      error,
      invalidations: outcome.invalidations.slice(0, 1),
    } as const;
    expect(deployResult(reportOf({ outcome: partial, error }))).toEqual({
      ...live,
      ok: false,
      exit: 5,
      state: 'partial',
      release: 'r-20261121-090210-77ac02',
      previousRelease: null,
      files: { ...live.files, failed },
      invalidations: live.invalidations.slice(0, 1),
      error: { code: 'E_NETWORK', message: 'reset', hints: [], details: { key: 'sw.js' } },
    });
  });

  test('of a refusal', () => {
    const plan = makePlan([makeAsset('a.js')], {});
    const [refusal] = plan.refusals;
    if (refusal === undefined) throw new Error('no index is refused');
    const found = deployResult(reportOf({ plan, outcome: undefined, error: new CdnpubError(refusal.code, refusal) }));
    expect(found).toMatchObject({
      ok: false,
      exit: 3,
      changed: false,
      state: 'unchanged',
      error: { code: 'E_NO_INDEX' },
    });
    expect(found.refusals).toEqual([refusal]);
  });

  test('of a site without a distribution', () => {
    const plan = { ...everyKind, target: makeTarget({ cdn: false }) };
    const given = { plan, distribution: undefined, url: null };
    expect(deployResult(reportOf(given))).toMatchObject({ url: null, distribution: null });
  });

  test('names fields that change, and what will be in them', () => {
    const distributionChanges = [
      { field: 'HttpVersion', from: 'http1.1', to: 'http2and3' },
      { field: 'DefaultCacheBehavior.ViewerRequestFunction', from: '', to: { ref: 'function.arn' } },
    ] as const;
    expect(deployResult(reportOf({ plan: { ...everyKind, distributionChanges } })).distribution?.changes).toEqual([
      { field: 'HttpVersion', from: 'http1.1', to: 'http2and3' },
      { field: 'DefaultCacheBehavior.ViewerRequestFunction', from: '', to: '(function.arn)' },
    ]);
  });

  test('is JSON through and through', () => {
    expect(JSON.parse(JSON.stringify(deployResult(reportOf({}))))).toEqual(live);
  });
});

describe('a failure before a command had anything to say', () => {
  test('one of ours', () => {
    const error = new CdnpubError('E_USAGE', {
      message: 'no such flag',
      hints: ['cdnpub --help'],
      details: { flag: '--x' },
    });
    expect(failureObject(error)).toEqual({
      schema: 1,
      ok: false,
      exit: 2,
      error: { code: 'E_USAGE', message: 'no such flag', hints: ['cdnpub --help'], details: { flag: '--x' } },
    });
  });

  test.each([
    [new TypeError('x is undefined'), 'x is undefined'],
    ['thrown text', 'thrown text'],
    [undefined, 'undefined'],
  ])('a bug: %s', (error, message) => {
    expect(failureObject(error)).toMatchObject({ ok: false, exit: 70, error: { code: 'E_BUG', message } });
  });
});
