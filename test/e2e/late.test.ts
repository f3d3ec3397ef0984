import { describe, expect, test } from 'vitest';
import type { Announcement } from '../../src/model/announcement.ts';
import { type Bench, type Given, openBench } from '../support/open-bench.ts';
import { keysOf, siteKeysOf, textOf } from '../support/read-bucket.ts';
import type { Tree } from '../support/temp-dir.ts';

const channel = '.cdnpub/channels/live/';
const lockKey = `${channel}lock.json`;

/** A site of which each build changes, adds and removes something of every kind. */
const build = (n: number): Tree => ({
  'index.html': `<script src="/assets/app-3f9a1c2${n}.js"></script>page ${n}`,
  'about/index.html': `about ${n}`,
  'docs/index.html': 'docs',
  'same.css': 'same',
  'sw.js': `worker ${n}`,
  'version.json': `${n}`,
  [`assets/app-3f9a1c2${n}.js`]: `${n}`,
});

const lateKeys = ['old.css', 'sw.js', 'version.json'];

/** A first build is out and at the edges, a second one is ready. */
async function openSecond(): Promise<Bench & { readonly domain: string }> {
  const files = { ...build(1), 'old.css': 'old', 'old/index.html': 'old' };
  const bench = await openBench(files, { delays: { invalidateMs: 20_000 } });
  const { domain } = await bench.publish();
  for (const path of ['/', '/about/', '/old.css', '/sw.js', '/version.json']) await bench.cloud.ask(domain, path);
  bench.project.unbuild('old.css', 'old', 'assets');
  bench.project.build(build(2));
  return { ...bench, domain };
}

/**
 * Deploys, and tells what was sent, in order: all that changes something but the lock and its heartbeat,
 * and once each how an invalidation was waited for.
 */
async function sent({ cloud, deploy }: Bench, given: Given = {}) {
  const { next } = await cloud.requests();
  const result = await deploy(given);
  const { requests } = await cloud.requests(next);
  const told = requests.filter(
    ({ op, key }) => key !== lockKey && !/^(?:Head|List|Describe|Get(?!Invalidation$))/.test(op),
  );
  const log = told.map(({ op, key }) =>
    key === undefined ? op : `${op} ${key.replace(channel, '').replace(/(announcement|release)s\/.*/, '$1')}`,
  );
  return { result, log: log.filter((line, at) => line !== 'GetInvalidation' || log[at - 1] !== line) };
}

async function announcementsOf({ project }: Bench): Promise<readonly Announcement[]> {
  const keys = await keysOf(project, `${channel}announcements/`);
  return Promise.all(keys.map(async (key) => JSON.parse((await textOf(project, key)) ?? '') as Announcement));
}

/** What visitors get of the late part, and of a page. */
const answers = async ({ cloud, domain }: Bench & { readonly domain: string }) => {
  const all = await Promise.all(['/', '/old.css', '/sw.js', '/version.json'].map((path) => cloud.ask(domain, path)));
  return all.map(({ status, text }) => (status === 200 ? text.replace(/<.*>/, '') : status));
};

const whole = [
  'PutObject announcement',
  ...['PutObject assets/app-3f9a1c22.js', 'PutObject about/index.html', 'PutObject index.html', 'DeleteObjects'],
  'CreateInvalidation',
];
const latePart = [
  'PutObject sw.js',
  'PutObject version.json',
  'DeleteObjects',
  'CreateInvalidation',
  'GetInvalidation',
];
const end = ['PutObject release', 'PutObject manifest'];
/** The release whose late part was left is told of first. */
const endOfBoth = ['PutObject release', ...end];

test('the late part comes when the first invalidation is Completed, the second invalidation covers it, then the record', async () => {
  const bench = await openSecond();
  const { result, log } = await sent(bench, { concurrency: 1 });
  expect(log).toEqual([...whole, 'GetInvalidation', ...latePart, ...end, 'DeleteObjects', 'DeleteObjects']);
  expect(result).toMatchObject({ ok: true, state: 'live', warnings: [] });
  expect(result.invalidations.map(({ part, items }) => ({ part, items }))).toEqual([
    { part: 'main', items: ['/about/index.html', '/index.html', '/old/index.html'] },
    { part: 'late', items: lateKeys.map((key) => `/${key}`) },
  ]);
  expect(await answers(bench)).toEqual(['page 2', 404, 'worker 2', '2']);
});

test('while the first invalidation is in progress, nothing of the late part is touched', async () => {
  const bench = await openSecond();
  await bench.cloud.setFaults([{ match: { op: 'GetInvalidation' }, times: 1, do: { hold: true } }]);
  const deploying = bench.deploy();
  await bench.cloud.untilStruck();
  expect(await textOf(bench.project, 'index.html')).toContain('page 2');
  for (const [key, text] of [
    ['old.css', 'old'],
    ['sw.js', 'worker 1'],
    ['version.json', '1'],
  ] as const)
    expect(await textOf(bench.project, key)).toBe(text);
  await bench.cloud.clearFaults();
  expect(await deploying).toMatchObject({ state: 'live' });
});

describe('a wait that is not made leaves the late part to the next run', () => {
  const rows: readonly (readonly [string, Given, readonly string[]])[] = [
    ['--no-wait', { settings: { wait: false } }, []],
    ['a wait that is too short', { waitTimeoutMs: 10_000 }, ['GetInvalidation']],
  ];

  test.each(rows)(
    '%s: live, with a warning, and the announcement tells of the late part alone',
    async (_, given, asked) => {
      const bench = await openSecond();
      const { result, log } = await sent(bench, { concurrency: 1, ...given });
      expect(log).toEqual([...whole, ...asked, ...end, 'PutObject announcement', 'DeleteObjects']);
      expect(result).toMatchObject({ ok: true, exit: 0, state: 'live' });
      expect(result.warnings.join('\n')).toMatch(/3 late changes are left to the next deploy: /);
      expect(await answers(bench)).toEqual(['page 2', 'old', 'worker 1', '1']);
      const [left, ...others] = await announcementsOf(bench);
      expect(others).toEqual([]);
      expect(left?.keys.map(({ key }) => key)).toEqual(lateKeys);
      expect(left?.awaits).toEqual([{ distribution: result.distribution?.id, id: result.invalidations[0]?.id }]);
    },
  );

  test('the next run does it, and withdraws the announcement', async () => {
    const bench = await openSecond();
    await bench.deploy({ settings: { wait: false } });
    await bench.time.advance(60_000);
    const { result, log } = await sent(bench, { concurrency: 1 });
    expect(log).toEqual([
      ...['GetInvalidation', 'PutObject announcement'],
      ...[...latePart, ...endOfBoth, 'DeleteObjects', 'DeleteObjects'],
    ]);
    expect(result).toMatchObject({ ok: true, state: 'live', warnings: [] });
    expect(await answers(bench)).toEqual(['page 2', 404, 'worker 2', '2']);
    expect(await announcementsOf(bench)).toEqual([]);
    expect(await siteKeysOf(bench.project)).toEqual(['assets/app-3f9a1c21.js', ...Object.keys(build(2))].sort());
    expect((await sent(bench)).log).toEqual([]);
  });

  // Without: apply-plan.ts, invalidateMain: `earlierInvalidations` not asked for.
  test('the next run waits for the first run’s invalidation before it begins', async () => {
    const bench = await openSecond();
    await bench.deploy({ settings: { wait: false } });
    const startedMs = bench.time.now();
    const { log } = await sent(bench, { concurrency: 1 });
    // Asked for the plan, then waited for.
    expect(log.slice(0, 4)).toEqual([
      ...['GetInvalidation', 'PutObject announcement', 'GetInvalidation', 'PutObject sw.js'],
    ]);
    expect(bench.time.now() - startedMs).toBeGreaterThan(20_000);
    expect(await answers(bench)).toEqual(['page 2', 404, 'worker 2', '2']);
  });

  test('a next run that does not wait either leaves it again, and remembers both', async () => {
    const bench = await openSecond();
    const first = await bench.deploy({ settings: { wait: false } });
    bench.project.build({ 'about/index.html': 'about 3' });
    const second = await bench.deploy({ settings: { wait: false } });
    expect(second).toMatchObject({
      ok: true,
      state: 'live',
      files: { changed: ['about/index.html', 'sw.js', 'version.json'] },
    });
    const [left, ...others] = await announcementsOf(bench);
    expect(others).toEqual([]);
    expect(left?.keys.map(({ key }) => key)).toEqual(lateKeys);
    expect(left?.awaits.map(({ id }) => id)).toEqual([second, first].map(({ invalidations }) => invalidations[0]?.id));
    await bench.publish();
    expect(await answers(bench)).toEqual(['page 2', 404, 'worker 2', '2']);
    expect(await bench.deploy()).toMatchObject({ state: 'unchanged' });
  });

  // Without: order-waves.ts, waveOfWrite: every late change in the wave 'late'.
  test('a next run that does not wait either does first what can be done by now, and leaves only what is its own', async () => {
    const bench = await openSecond();
    await bench.deploy({ settings: { wait: false } });
    await bench.time.advance(60_000);
    bench.project.unbuild('same.css');
    bench.project.build({ 'about/index.html': 'about 3' });
    const { result, log } = await sent(bench, { concurrency: 1, settings: { wait: false } });
    expect(log).toEqual([
      ...['GetInvalidation', 'PutObject announcement'],
      ...['PutObject sw.js', 'PutObject version.json', 'DeleteObjects', 'PutObject about/index.html'],
      ...['CreateInvalidation', ...endOfBoth, 'PutObject announcement', 'DeleteObjects', 'DeleteObjects'],
    ]);
    expect(result.warnings).toEqual(['1 late change is left to the next deploy: same.css']);
    expect(result.invalidations.map(({ part, items }) => [part, items])).toEqual([
      ['main', ['about/index.html', ...lateKeys].map((key) => `/${key}`)],
    ]);
    await bench.time.advance(60_000);
    expect(await answers(bench)).toEqual(['page 2', 404, 'worker 2', '2']);
    const [left, ...others] = await announcementsOf(bench);
    expect([left?.keys.map(({ key }) => key), others]).toEqual([['same.css'], []]);
  });

  // Without: still-open.ts, isCompleted: `overdue` not asked for; inherit-late.ts, isAsAnnounced: SHA-256 not compared.
  test('a pointer that was left and changes again comes after the pages of its own build, and is waited for', async () => {
    const bench = await openSecond();
    await bench.deploy({ settings: { wait: false } });
    await bench.time.advance(60_000);
    bench.project.build({ 'about/index.html': 'about 3', 'version.json': '3' });
    const { result, log } = await sent(bench, { concurrency: 1, settings: { wait: false } });
    expect(log).toEqual([
      ...['GetInvalidation', 'PutObject announcement', 'PutObject sw.js', 'DeleteObjects'],
      ...['PutObject about/index.html', 'CreateInvalidation', 'GetInvalidation'],
      ...[
        'PutObject version.json',
        'CreateInvalidation',
        'GetInvalidation',
        ...endOfBoth,
        'DeleteObjects',
        'DeleteObjects',
      ],
    ]);
    expect(result.warnings).toEqual([]);
    expect(await answers(bench)).toEqual(['page 2', 404, 'worker 2', '3']);
  });

  // Without: inherit-late.ts, leftBehind: `others` not asked for.
  test('a removed file stays while edges may hold a page of a dead run that asks for it', async () => {
    const bench = await openSecond();
    await bench.deploy({ settings: { wait: false } });
    await bench.time.advance(60_000);
    const { cloud, domain } = bench;
    const other = bench.copy({ ...build(2), 'old.css': 'old', 'about/index.html': '<link href="/old.css">' });
    await cloud.setFaults([
      { match: { op: 'PutObject', key: 'index.html' }, do: { status: 403, code: 'AccessDenied' } },
    ]);
    other.build({ 'index.html': 'never' });
    expect(await bench.deploy({ from: other })).toMatchObject({ state: 'partial' });
    await cloud.clearFaults();
    expect((await cloud.ask(domain, '/about/')).text).toContain('old.css');
    expect(await bench.deploy({ settings: { wait: false } })).toMatchObject({ ok: true, state: 'live' });
    expect(await textOf(bench.project, 'old.css')).toBe('old');
    await bench.publish();
    expect(await answers(bench)).toEqual(['page 2', 404, 'worker 2', '2']);
    expect(await bench.deploy()).toMatchObject({ state: 'unchanged' });
  });

  describe('can be gone back to', () => {
    // Without: commit.ts: `recordDeferred` not asked for: the old worker and the removed file came back as that release's.
    test('not while its late part is undone, nor where another took its place', async () => {
      const bench = await openSecond();
      const { release = '' } = (await bench.deploy({ settings: { wait: false } })) as { release?: string };
      bench.project.build({ 'version.json': '3', 'sw.js': 'worker 3', 'about/index.html': 'about 3' });
      await bench.publish();
      const back = await bench.rollback({ release, hold: false });
      expect(back).toMatchObject({ state: 'unchanged', error: { code: 'E_STALE' } });
      expect(back.error?.message).toMatch(
        /left unfinished by --no-wait, and no later deploy put up sw\.js, version\.json$/,
      );
      expect(await answers(bench)).toEqual(['page 2', 404, 'worker 3', '3']);
    });

    // Without: commit.ts: `completeReleases` not asked for.
    test('once a later deploy has done its late part', async () => {
      const bench = await openSecond();
      const { release = '' } = (await bench.deploy({ settings: { wait: false } })) as { release?: string };
      await bench.time.advance(60_000);
      bench.project.build({ 'about/index.html': 'about 3' });
      await bench.publish();
      bench.project.build({ 'version.json': '4', 'sw.js': 'worker 4', 'old.css': 'new' });
      await bench.publish();
      expect(await bench.rollback({ release, hold: false })).toMatchObject({ state: 'live', rolledBackTo: release });
      expect(await answers(bench)).toEqual(['page 2', 404, 'worker 2', '2']);
    });
  });

  test('a build that is taken back takes the late part back with it', async () => {
    const bench = await openSecond();
    await bench.deploy({ settings: { wait: false } });
    bench.project.unbuild('assets');
    bench.project.build({ ...build(1), 'old.css': 'old', 'old/index.html': 'old' });
    await bench.publish();
    expect(await answers(bench)).toEqual(['page 1', 'old', 'worker 1', '1']);
    expect(await announcementsOf(bench)).toEqual([]);
    expect(await bench.deploy()).toMatchObject({ state: 'unchanged' });
  });
});

test('without pages to forget there is nothing to wait for: the late part goes at once', async () => {
  const bench = await openSecond();
  await bench.publish();
  bench.project.build({ 'sw.js': 'worker 3' });
  const { log } = await sent(bench, { settings: { wait: false } });
  expect(log.slice(1)).toEqual(['PutObject sw.js', 'CreateInvalidation', ...end, 'DeleteObjects', 'DeleteObjects']);
});
