import type { Outcome } from '../../src/model/outcome.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { DeployReport, RequestTotals } from '../../src/report/deploy-result.ts';
import { makeAsset } from '../support/make-asset.ts';
import { makeEntry, makeObject } from '../support/make-entry.ts';
import { makeManifest } from '../support/make-manifest.ts';
import { makePlan } from '../support/make-plan.ts';
import { makeSnapshot } from '../support/make-snapshot.ts';

const before = ['index.html', 'about.html', 'logo.svg', 'drafts/old.html', 'sw.js', 'assets/app-DiwrgTda.js'].map(
  (key) => makeAsset(key, `${key} of yesterday`),
);

/** A build in which something of every kind happened since yesterday: all six files were there, two are gone. */
export const assets = [
  makeAsset('index.html', 'today'),
  makeAsset('about.html', 'about.html of yesterday'),
  makeAsset('logo.svg', 'logo.svg of yesterday', {
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' },
  }),
  makeAsset('sw.js', 'today'),
  makeAsset('blog/new-post/index.html', 'x'.repeat(22_000)),
];

export const snapshot = makeSnapshot({
  objects: before.map((asset) => makeObject(asset)),
  manifest: makeManifest(before.map((asset) => makeEntry(asset))),
});

export const everyKind: Plan = makePlan(assets, { snapshot, warnings: ['careful'] });

export const nothingToDo: Plan = makePlan(before, { snapshot });

export const outcome: Outcome = {
  state: 'live',
  failed: [],
  error: undefined,
  uploadedBytes: 22_010,
  invalidations: [
    { id: 'I1', part: 'main' },
    { id: 'I2', part: 'late' },
  ],
  resolved: {},
  warnings: ['slow'],
};

export const requests: RequestTotals = {
  s3: { list: 2, get: 2, head: 0, put: 6, copy: 1, delete: 2, other: 0 },
  cloudfront: { read: 5, write: 2 },
  kvs: { read: 0, write: 0 },
};

export const reportOf = (given: Partial<DeployReport>): DeployReport => ({
  dryRun: false,
  plan: everyKind,
  outcome,
  error: undefined,
  leftOut: ['.nojekyll'],
  distribution: { id: 'E2QWRUHAPOMQZL', domain: 'd111111abcdef8.cloudfront.net', status: 'Deployed' },
  url: 'https://d111111abcdef8.cloudfront.net',
  requests,
  seconds: 3.1,
  ...given,
});
