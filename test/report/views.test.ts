import { describe, expect, test } from 'vitest';
import { CdnpubError } from '../../src/model/cdnpub-error.ts';
import type { Plan } from '../../src/model/plan.ts';
import { fitLines } from '../../src/report/fit-lines.ts';
import { renderReleases } from '../../src/report/releases-report.ts';
import { type EndView, renderEnd } from '../../src/report/render-end.ts';
import { renderError } from '../../src/report/render-error.ts';
import { renderPlan } from '../../src/report/render-plan.ts';
import { renderStatus } from '../../src/report/status-report.ts';
import { textWidth } from '../../src/report/text-width.ts';
import { makeAsset } from '../support/make-asset.ts';
import { makeInventory, makePlan } from '../support/make-plan.ts';
import { nothingThere } from '../support/make-snapshot.ts';
import { makeTarget } from '../support/make-target.ts';
import { assets, everyKind, nothingToDo, outcome, reportOf } from './made-deploys.ts';

const target = makeTarget();

const crowd = makePlan([
  makeAsset('index.html', 'today'),
  ...Array.from({ length: 30 }, (_, n) => makeAsset(`blog/2026/post-${n}/index.html`)),
  ...Array.from({ length: 25 }, (_, n) => makeAsset(`img/photo-${n}.jpg`, 'x'.repeat(90_000))),
  makeAsset(`docs/${'a-very-long-name-'.repeat(4)}end/index.html`),
  makeAsset('日本語/ページ.html'),
]);

const first = makePlan([makeAsset('index.html', 'x'.repeat(12_100)), makeAsset('assets/app-DiwrgTda.js')], {
  snapshot: nothingThere,
});

const refusal = new CdnpubError('E_PROJECT_ROOT', {
  message: 'dist is a project, not a build: it holds package.json, node_modules\nthe build is probably dist/dist',
  hints: ['cdnpub deploy dist/dist', '--allow-project-root'],
});

const denied = new CdnpubError('E_PERMISSION', {
  message:
    'access denied: cloudfront:CreateInvalidation on arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL for role ci-deploy',
  hints: ['cdnpub policy prints what the role needs; attach it and deploy again'],
});

const run = { user: 'ann', host: 'desk', message: 'the new post', ci: null };

const head = (id: string) => ({
  ...{ id, finishedAt: 1_795_250_530, run, rolledBackTo: null, files: 412, bytes: 38_200_000, unversioned: 0 },
});

/** Every view, laid out for so many columns; without a terminal each line is as long as it is. */
function views(columns: number | undefined): Readonly<Record<string, readonly string[]>> {
  const plan = (of: Plan, verbose: boolean) =>
    renderPlan({
      ...{ plan: of, siteSource: 'package.json', profile: 'work', domain: null, verbose, columns },
      inventory: makeInventory(of.changes.flatMap((change) => ('asset' in change ? [change.asset] : []))),
      assetsSeconds: 30 * 86_400,
    });
  const end = (given: Parameters<typeof reportOf>[0], next: EndView['next'] = null) =>
    renderEnd({
      report: reportOf(given),
      inventory: makeInventory(assets),
      liveSince: 1_795_250_530,
      local: false,
      next,
    });
  const rollback = { command: 'cdnpub rollback', why: 'back to r-20261121-090210-77ac02' };
  const fresh = { plan: first, outcome: { ...outcome, invalidations: [], warnings: [] }, seconds: 41 };
  const ids = ['r-20261122-101500-3f9a1c', 'r-20261121-090210-77ac02'];
  return {
    'first deploy': [
      ...plan(first, false),
      ...end(fresh, { command: 'cdnpub init', why: 'keep these choices in a file' }),
    ],
    'first deploy, verbose': plan(first, true),
    redeploy: [...plan(everyKind, false), ...end({}, rollback)],
    'redeploy, verbose': plan(everyKind, true),
    'many changes': plan(crowd, false),
    'nothing changed': end({ plan: nothingToDo, outcome: { ...outcome, state: 'unchanged' }, seconds: 0.9 }),
    refusal: end({ error: refusal, outcome: undefined }),
    error: renderError(denied),
    'dry run': end({ dryRun: true, outcome: undefined }),
    'dry run of a first deploy': end({
      dryRun: true,
      plan: first,
      outcome: undefined,
      url: null,
      distribution: undefined,
    }),
    status: renderStatus({
      ...{ target, release: ids[0] ?? null, previousRelease: ids[1] ?? null, rolledBackTo: null, hold: false, run },
      ...{ finishedAt: 1_795_250_530, url: 'https://d111111abcdef8.cloudfront.net', verified: false, foreign: 2 },
      distribution: {
        id: 'E2QWRUHAPOMQZL',
        domain: 'd111111abcdef8.cloudfront.net',
        status: 'Deployed',
        enabled: true,
      },
      ...{ files: 412, bytes: 38_200_000, missing: ['about.html'], drifted: [], headers: [], unfinished: [] },
    }),
    releases: renderReleases({
      ...{ target, hold: true },
      releases: ids.map((id, at) => ({ id, head: head(id), recorded: true, live: at === 0 })),
    }),
  };
}

describe('every view', () => {
  test.each([40, 80, 140, undefined])('on a terminal of %s columns', async (columns) => {
    const text = Object.entries(views(columns)).map(([name, lines]) => {
      const shown = columns === undefined ? lines : fitLines(lines, columns);
      return [`# ${name}`, ...shown, ''].join('\n');
    });
    const file = columns === undefined ? 'no-terminal' : `${columns}-columns`;
    await expect(text.join('\n')).toMatchFileSnapshot(`views/${file}.txt`);
  });

  test.each([40, 80])('keeps within %i columns, but for words that are longer', (columns) => {
    const lines = fitLines(Object.values(views(columns)).flat(), columns);
    const longestWord = (line: string) => Math.max(...line.split(' ').map((word) => textWidth(word)));
    expect(lines.filter((line) => textWidth(line) > columns && longestWord(line) <= columns - 4)).toEqual([]);
  });

  test.each([40, 80, 140])('loses no word on %i columns', (columns) => {
    const words = (lines: readonly string[]) =>
      lines.flatMap((line) => line.split(/\s+/)).filter((word) => word !== '');
    for (const lines of Object.values(views(columns))) expect(words(fitLines(lines, columns))).toEqual(words(lines));
  });
});
