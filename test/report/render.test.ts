import { describe, expect, test } from 'vitest';
import { CdnpubError } from '../../src/model/cdnpub-error.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Plan } from '../../src/model/plan.ts';
import { renderEnd } from '../../src/report/render-end.ts';
import { renderError } from '../../src/report/render-error.ts';
import { renderPlan } from '../../src/report/render-plan.ts';
import { makeAsset } from '../support/make-asset.ts';
import { makeEdge } from '../support/make-edge.ts';
import { makeEntry } from '../support/make-entry.ts';
import { makeManifest } from '../support/make-manifest.ts';
import { makeInventory, makePlan } from '../support/make-plan.ts';
import { makeSettings } from '../support/make-settings.ts';
import { makeSnapshot, nothingThere } from '../support/make-snapshot.ts';
import { makeTarget } from '../support/make-target.ts';
import { assets, everyKind, nothingToDo, outcome, reportOf } from './made-deploys.ts';

const leftOut = ['.DS_Store', '.env', '.git', 'node_modules'].map((path) => ({ path, reason: 'stays out' }));
const first = makePlan([makeAsset('index.html', 'x'.repeat(12_100)), makeAsset('assets/app-DiwrgTda.js')], {
  snapshot: nothingThere,
});

const shown = (lines: readonly string[]): string => `\n${lines.join('\n')}\n`;

const planned = (plan: Plan, given: { inventory?: Partial<Inventory>; verbose?: boolean; profile?: string } = {}) =>
  shown(
    renderPlan({
      plan,
      inventory: makeInventory(
        plan.changes.flatMap((change) => ('asset' in change ? [change.asset] : [])),
        given.inventory,
      ),
      siteSource: 'package.json',
      profile: given.profile ?? null,
      domain: 'd111111abcdef8.cloudfront.net',
      verbose: given.verbose ?? false,
      columns: undefined,
      assetsSeconds: 30 * 86_400,
    }),
  );

describe('the plan', () => {
  test('of a first deploy', () => {
    expect(planned(first, { inventory: { leftOut }, profile: 'work' })).toMatchInlineSnapshot(`
      "
        Site          docs                                   from package.json
        Account       111122223333 · eu-west-1               profile work
        Bucket        docs-111122223333-eu-west-1-an         will be created, private
        Distribution  new, HTTPS, HTTP/3                     will be created
        Files         2 · 12.1 kB                            1 fingerprinted
        Left out      4: .DS_Store, .env, .git … (--verbose)

      "
    `);
  });

  test('of a first deploy without a distribution, all names', () => {
    const snapshot = { ...nothingThere, cdn: undefined };
    const plan = makePlan([makeAsset('index.html')], { snapshot, target: makeTarget({ cdn: false, account: null }) });
    expect(planned(plan, { inventory: { leftOut: leftOut.slice(0, 2) }, verbose: true })).toMatchInlineSnapshot(`
      "
        Site          docs                                   from package.json
        Account       unknown · eu-west-1
        Bucket        docs-111122223333-eu-west-1-an         will be created, private
        Distribution  none                                   cdn is off
        Files         1 · 10 B                               0 fingerprinted
        Left out      .DS_Store                              stays out
                      .env                                   stays out

        + index.html  new      10 B

      "
    `);
  });

  test('of a later deploy with something of every kind', () => {
    expect(planned(everyKind)).toMatchInlineSnapshot(`
      "
        + blog/new-post/index.html  new       22.0 kB
        - drafts/old.html           removed
        ~ index.html                content       5 B
        h logo.svg                  cache-control: public, max-age=0, s-maxage=86400, must-revalidate → max-age=3600, content-type: image/svg+xml; charset=utf-8 → image/svg+xml
        ~ sw.js                     content       5 B
        = assets/  1 kept for open tabs until 22 Dec

        ! careful
      "
    `);
  });

  test('of changes to what stands', () => {
    const plan = makePlan([makeAsset('index.html')], {
      snapshot: makeSnapshot({ policy: [] }),
      edge: makeEdge('other', 'lost.html'),
    });
    expect(planned(plan)).toMatchInlineSnapshot(`
      "
        ~ edge function
        ~ bucket policy: this distribution may read
        ~ distribution CustomErrorResponses: 404:/404.html:404:0,500:::5,502:::5,503:::5,504:::5 → 404:/lost.html:404:0,500:::5,502:::5,503:::5,504:::5
        + index.html  new      10 B

      "
    `);
  });

  test('of many changes, long names and names that would reach for the terminal', () => {
    const long = `docs/${'a-very-long-name-'.repeat(4)}end/index.html`;
    const many = Array.from({ length: 20 }, (_, i) => makeAsset(`p${String(i).padStart(2, '0')}.html`));
    const plan = makePlan([makeAsset('index.html'), makeAsset(long), makeAsset('a\u001b[2J.txt'), ...many]);
    expect(planned(plan)).toMatchInlineSnapshot(`
      "
        + ./*                                   22 new     179 B
        + docs/a-very-long-name-a-very-long-name-a-very-long-name-a-very-long-name-end/index.html  new         87 B
          23 objects in all (--verbose names each)

      "
    `);
  });

  test('of strangers’ objects and drift', () => {
    const theirs = makeAsset('a.html', 'theirs');
    const objects = [{ key: 'a.html', size: theirs.size, etag: 'theirs', lastModified: 1 }];
    expect(
      planned(makePlan([makeAsset('index.html'), makeAsset('a.html')], { snapshot: makeSnapshot({ objects }) })),
    ).toMatchInlineSnapshot(`
      "
        ~ a.html      not published by cdnpub       6 B
        + index.html  new                          10 B

      "
    `);
  });

  test('of a first deploy over strangers’ objects, which are shown', () => {
    const theirs = makeAsset('a.html', 'theirs');
    const objects = new Map([['a.html', { key: 'a.html', size: theirs.size, etag: 'theirs', lastModified: 1 }]]);
    const snapshot = { ...nothingThere, bucket: { kind: 'present', owned: false } as const, objects };
    const plan = makePlan([makeAsset('index.html'), makeAsset('a.html')], { snapshot, allowed: { adopt: true } });
    expect(planned(plan)).toContain('~ a.html  not published by cdnpub       6 B');
  });

  test('of a key that is gone from the bucket', () => {
    const manifest = makeManifest([makeEntry(makeAsset('gone.html'))]);
    expect(planned(makePlan([], { snapshot: makeSnapshot({ manifest }) }))).toContain(
      '- gone.html  missing from the bucket',
    );
  });

  test('of nothing', () => {
    expect(planned(nothingToDo)).toMatchInlineSnapshot(`
      "

      "
    `);
  });
});

const ended = (report: Parameters<typeof reportOf>[0], next: { command: string; why: string } | null = null) =>
  shown(
    renderEnd({
      report: reportOf(report),
      inventory: makeInventory(assets),
      liveSince: 1_795_250_530,
      local: false,
      next,
    }),
  );

describe('the end', () => {
  test('of a deploy', () => {
    expect(ended({}, { command: 'cdnpub rollback', why: 'back to r-20261121-090210-77ac02' })).toMatchInlineSnapshot(`
      "
        Changed       1 added · 2 changed · 1 headers · 1 deleted · 1 unchanged · 22.0 kB sent
        Invalidated   4 paths, at most $0.02 · 58 B of unchanged files kept warm
        Live          https://d111111abcdef8.cloudfront.net
        Release       r-20261122-101500-3f9a1c
        Took          3.1 s
        ! slow

        Next          cdnpub rollback    back to r-20261121-090210-77ac02
      "
    `);
  });

  test('of a first deploy', () => {
    const given = { plan: first, outcome: { ...outcome, invalidations: [], warnings: [] }, seconds: 41 };
    expect(ended(given, { command: 'cdnpub init', why: 'keep these choices in a file' })).toMatchInlineSnapshot(`
      "
        Changed       2 added · 22.0 kB sent
        Live          https://d111111abcdef8.cloudfront.net  answers in 2 to 5 minutes
        Release       r-20261122-101500-3f9a1c
        Took          41 s

        Next          cdnpub init    keep these choices in a file
      "
    `);
  });

  test('of a deploy without a distribution', () => {
    const plan = { ...everyKind, target: makeTarget({ cdn: false, prefix: 'docs/' }), invalidations: [], warnings: [] };
    expect(
      ended({ plan, url: null, distribution: undefined, outcome: { ...outcome, invalidations: [], warnings: [] } }),
    ).toMatchInlineSnapshot(`
      "
        Changed       1 added · 2 changed · 1 headers · 1 deleted · 1 unchanged · 22.0 kB sent
        Bucket        s3://docs-111122223333-eu-west-1-an/docs/
        Release       r-20261122-101500-3f9a1c
        Took          3.1 s
      "
    `);
  });

  test('of a deploy that had to forget everything', () => {
    const plan = makePlan(assets, { snapshot: makeSnapshot({ manifest: undefined }), settings: makeSettings() });
    expect(ended({ plan })).toMatchInlineSnapshot(`
      "
        Changed       5 added · 22.0 kB sent
        Invalidated   2 paths, at most $0.01
        Live          https://d111111abcdef8.cloudfront.net
        Release       r-20261122-101500-3f9a1c
        Took          3.1 s
        ! slow
      "
    `);
  });

  test('of nothing to do', () => {
    expect(
      ended({ plan: nothingToDo, outcome: { ...outcome, state: 'unchanged' }, seconds: 0.9 }),
    ).toMatchInlineSnapshot(`
      "
        Nothing changed  6 files, live since 21 Nov 08:42 UTC · https://d111111abcdef8.cloudfront.net · 0.9 s
      "
    `);
  });

  test('of a dry run', () => {
    expect(ended({ dryRun: true, outcome: undefined })).toMatchInlineSnapshot(`
      "
        Would change  1 added · 2 changed · 1 headers · 1 deleted · 1 unchanged
        Invalidates   3 paths, at most $0.015: /drafts/old.html /index.html /logo.svg
        and later     1 path, at most $0.005: /sw.js
        Dry run       nothing was written
      "
    `);
  });

  test('of a dry run of a first deploy', () => {
    expect(
      ended({ dryRun: true, plan: first, outcome: undefined, url: null, distribution: undefined }),
    ).toMatchInlineSnapshot(`
      "
        Would change  2 added
        Needs a yes   creates infrastructure
        Dry run       nothing was written
      "
    `);
  });

  test('of a refusal', () => {
    const error = new CdnpubError('E_PROJECT_ROOT', {
      message: 'dist is a project, not a build: it holds package.json, node_modules; the build is probably dist',
      hints: ['cdnpub deploy dist/dist', '--allow-project-root'],
    });
    expect(ended({ error, outcome: undefined })).toMatchInlineSnapshot(`
      "
        ✖ dist is a project, not a build: it holds package.json, node_modules; the build is probably dist (E_PROJECT_ROOT)
          Try  cdnpub deploy dist/dist
          or   --allow-project-root
          Nothing was changed.
      "
    `);
  });

  test('of a deploy that stopped half way', () => {
    const error = new CdnpubError('E_NETWORK', {
      message: 'the connection to S3 was reset',
      hints: ['run the same command again'],
    });
    const failed = ['a.html', 'b.html', 'c\u001b.html', 'd', 'e', 'f', 'g'].map((key) => ({
      key,
      code: 'E_NETWORK',
      message: 'reset',
    }));
    expect(ended({ error, outcome: { ...outcome, state: 'partial', error, failed } })).toMatchInlineSnapshot(`
      "
        ✖ the connection to S3 was reset (E_NETWORK)
          Try  run the same command again
          ✖ a.html: reset
          ✖ b.html: reset
          ✖ c\\u{1b}.html: reset
          ✖ d: reset
          ✖ e: reset
          The deploy stopped half way; running the same command again finishes it.
      "
    `);
  });

  test('of one that failed after it was live', () => {
    const error = new CdnpubError('E_TIMEOUT', { message: 'invalidation I2 was not Completed within 900 s' });
    expect(ended({ error, outcome: { ...outcome, state: 'live', error } })).toMatchInlineSnapshot(`
      "
        ✖ invalidation I2 was not Completed within 900 s (E_TIMEOUT)
          The release is published.
      "
    `);
  });
});

describe('an error', () => {
  test.each([
    [
      new CdnpubError('E_EMPTY', { message: 'dist holds no file to publish' }),
      '  ✖ dist holds no file to publish (E_EMPTY)',
    ],
    [
      new CdnpubError('E_CONFIG', {
        message: 'two problems\nsite: too long\ndir: missing',
        hints: ['cdnpub init', 'see the README', 'x'],
      }),
      '  ✖ two problems (E_CONFIG)\n    site: too long\n    dir: missing\n    Try  cdnpub init\n    or   see the README\n    or   x',
    ],
    [
      new CdnpubError('E_STALE', {
        message: 'a\u001b[2J.html was changed by somebody else',
        hints: ['remove b\u0007'],
      }),
      '  ✖ a\\u{1b}[2J.html was changed by somebody else (E_STALE)\n    Try  remove b\\u{7}',
    ],
  ])('%s', (error, expected) => expect(renderError(error).join('\n')).toBe(expected));
});
