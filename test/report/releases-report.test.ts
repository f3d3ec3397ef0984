import { describe, expect, test } from 'vitest';
import type { Manifest, ReleaseHead } from '../../src/model/manifest.ts';
import { compareReleases } from '../../src/plan/rollback/compare-releases.ts';
import { releaseHead } from '../../src/plan/rollback/release-head.ts';
import { renderRelease } from '../../src/report/release-report.ts';
import { renderReleases, whyNotRestorable } from '../../src/report/releases-report.ts';
import { makeAsset } from '../support/make-asset.ts';
import { makeEntry } from '../support/make-entry.ts';
import { makeManifest } from '../support/make-manifest.ts';
import { makeTarget } from '../support/make-target.ts';

const ci = {
  ...{ provider: 'github', repository: 'o/r', workflow: 'w', ref: 'main', runNumber: 7 },
  ...{ url: 'https://ci.example/7', commit: 'c0ffee' },
};

const manifest = (release: string, texts: readonly string[], given: Partial<Manifest> = {}): Manifest =>
  makeManifest(
    texts.map((text, at) => makeEntry(makeAsset(`${at}.html`, text))),
    { release, ...given },
  );

const first = manifest('r-1', ['a', 'b'], { run: { user: 'ann', host: 'desk', message: 'the first', ci } });
const second = manifest('r-2', ['a', 'c', 'd'], { finishedAt: 1_795_260_000 });
const third = manifest('r-3', ['a', 'b'], { rolledBackTo: 'r-1' });
const target = makeTarget();

const listed = (head: ReleaseHead | undefined, given: object = {}) => ({
  ...{ id: head?.id ?? 'r-0', head, recorded: true, live: false },
  ...given,
});

test('a list of releases', () => {
  const releases = [
    listed(releaseHead(third), { live: true }),
    listed(releaseHead(second)),
    listed(releaseHead(first), { recorded: false }),
    listed(undefined),
  ];
  expect(renderReleases({ target, hold: true, releases }).join('\n')).toMatchInlineSnapshot(`
    "  ✔ r-3  21 Nov 08:42 UTC  ann  live  2 files · 2 B
          rollback to r-1
        r-2  21 Nov 11:20 UTC  ann  kept  3 files · 3 B
        r-1  21 Nov 08:42 UTC  ann  kept  2 files · 2 B
          the first
          ! its record is gone
        r-0                         kept
          ! its record cannot be read

      Held          deploys are refused                    cdnpub resume lets them through again

      Next          cdnpub rollback r-2                    goes back to it"
  `);
  expect(renderReleases({ target, hold: false, releases: [] })).toEqual(['  Releases      none finished yet']);
});

test('one release beside the live one', () => {
  const report = { target, release: first, live: 'r-2', differences: compareReleases(second, first) };
  expect(renderRelease(report, { verbose: false }).join('\n')).toMatchInlineSnapshot(`
    "  Release       r-1                                    kept
      Finished      21 Nov 08:42 UTC                       by ann on desk
      Message       the first
      Commit        c0ffee                                 https://ci.example/7
      Files         2 · 2 B
        0.html                                               1 B
        1.html                                               1 B

      Against live  a rollback changes 2 files
      ~ 1.html                             content          1 B
      - 2.html                             not in it"
  `);
});

test('many files are counted, unless each is asked for', () => {
  const many = manifest(
    'r-1',
    Array.from({ length: 25 }, (_, at) => `${at}`),
  );
  const report = { target, release: many, live: 'r-1', differences: [] };
  expect(renderRelease(report, { verbose: false })).toContain('    … 5 more (--verbose)');
  expect(renderRelease(report, { verbose: true }).filter((line) => line.includes('.html'))).toHaveLength(25);
});

describe('why a release cannot be gone back to', () => {
  const head = releaseHead(first);
  test.each([
    ['it can', { head, recorded: true }, null],
    ['no record', { head, recorded: false }, 'its record is gone'],
    ['a garbled record', { head: undefined, recorded: true }, 'its record cannot be read'],
    [
      'no versions',
      { head: { ...head, unversioned: 1 }, recorded: true },
      'not fully restorable: the bucket kept no version of 1 file',
    ],
  ])('%s', (_, release, why) => expect(whyNotRestorable(release)).toBe(why));
});
