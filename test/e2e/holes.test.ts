import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import type { FaultRule } from '../support/faults.ts';
import { type Bench, openBench } from '../support/open-bench.ts';
import { type Project, smallSite as smallest } from '../support/project.ts';
import { headOf, keysOf, purge, siteKeysOf, textOf } from '../support/read-bucket.ts';
import { s3Client } from '../support/s3-client.ts';
import type { Tree } from '../support/temp-dir.ts';
import { lateWriters } from './holes/late-writers.ts';

// Each hole that a deploy can have, and the rule that closes it. `Without:` is the change to src/ that opens the hole
// again; the test then fails.

const smallSite: Tree = { ...smallest, 'team/index.html': 'team', 'docs/index.html': 'docs' };

const state = '.cdnpub/channels/live/';
const announcements = `${state}announcements/`;

/** Stops a deploy where it writes this key, with all that came before done. */
const stopAt = (key: string): readonly FaultRule[] => [
  { match: { op: 'PutObject', key }, do: { status: 403, code: 'AccessDenied' } },
];

/** Deploys while visitors look at these paths at every moment at which a deploy waits; answers what they saw. */
async function visited({ cloud, time, publish }: Bench, domain: string, paths: readonly string[]) {
  const seen: Record<string, string>[] = [];
  const beforeSleep = async () => {
    const answers = await Promise.all(paths.map((path) => cloud.ask(domain, path)));
    seen.push(Object.fromEntries(answers.map(({ status, text }, at) => [paths[at], `${status} ${text}`])));
  };
  await publish({ clock: time.clock({ beforeSleep }) });
  expect(seen.length).toBeGreaterThan(0);
  return seen;
}

describe('an edge refills from an object that is about to be deleted', () => {
  // Without: order-waves.ts, waveOrder: 'removedPages' moved behind 'invalidate'.
  test('a removed page is deleted before edges forget it', async () => {
    const bench = await openBench(smallSite);
    const { domain } = await bench.publish();
    bench.project.unbuild('about');
    await visited(bench, domain, ['/about/']);
    expect((await bench.cloud.ask(domain, '/about/')).status).toBe(404);
  });

  // Without: order-waves.ts, waveOrder: 'late' moved behind 'invalidateLate'.
  test('a removed file is deleted before edges forget it', async () => {
    const bench = await openBench(smallSite);
    const { domain } = await bench.publish();
    bench.project.build({ 'index.html': '<p>without style' });
    bench.project.unbuild('style.css');
    await visited(bench, domain, ['/style.css']);
    expect((await bench.cloud.ask(domain, '/style.css')).status).toBe(404);
  });
});

// Without: state-keys.ts, channelKeys: `announcement: () => folder + 'announcements/pending'`, and write-state.ts without
// its condition: the second run then overwrites what the first had announced.
test('two runs overwrite one another’s announcement: each has its own, and the next run reads all', async () => {
  const { cloud, project, publish, deploy, copy } = await openBench(smallSite);
  const { domain } = await publish();
  const stop = async (from: Project, key: string) => {
    await cloud.setFaults(stopAt(key));
    expect((await deploy({ from })).error?.code).toBe('E_PERMISSION');
    await cloud.clearFaults();
  };
  await stop(copy({ ...smallSite, 'new/index.html': 'new', 'index.html': 'one' }), 'index.html');
  expect((await cloud.ask(domain, '/new/')).status).toBe(200);
  project.build({ 'other/index.html': 'other' });
  await stop(project, 'other/index.html');
  expect(await keysOf(project, announcements)).toHaveLength(2);
  await publish();
  expect(await siteKeysOf(project)).toEqual([...Object.keys(smallSite), 'other/index.html'].sort());
  expect((await cloud.ask(domain, '/new/')).status).toBe(404);
  expect(await keysOf(project, announcements)).toEqual([]);
  expect((await deploy()).state).toBe('unchanged');
});

describe('a bucket is listed before the lock is held', () => {
  const ours: Tree = { ...smallSite, 'ours.html': 'ours' };
  const theirs: Tree = { ...smallSite, 'theirs.html': 'theirs', 'about/index.html': 'theirs', 'index.html': 'theirs' };

  /** Deploys `ours`; when its plan stands and before it has the lock, `theirs` is deployed. */
  async function deployInBetween(bench: Bench, theirFaults: readonly FaultRule[]) {
    await bench.publish();
    bench.project.build(ours);
    let others = 0;
    const onPlan = async () => {
      if (others > 0) return;
      others += 1;
      await bench.cloud.setFaults(theirFaults);
      await bench.deploy({ from: bench.copy(theirs) });
      await bench.cloud.clearFaults();
    };
    const { state, error } = await bench.deploy({ onPlan });
    expect({ state, error, others }).toEqual({ state: 'live', error: undefined, others: 1 });
  }

  test.each<[string, readonly FaultRule[]]>([
    // Without: publish.ts, hasStirred: the manifest's ETag not compared.
    ['another deploy has finished meanwhile: planned anew', []],
    // Without: publish.ts, hasStirred: `open.length > 0` left away.
    ['another deploy has died meanwhile: planned anew', stopAt('index.html')],
  ])('%s', async (_, faults) => {
    const bench = await openBench(smallSite);
    await deployInBetween(bench, faults);
    expect(await siteKeysOf(bench.project)).toEqual(Object.keys(ours).sort());
    expect(await textOf(bench.project, 'about/index.html')).toBe(ours['about/index.html']);
    expect(await keysOf(bench.project, announcements)).toEqual([]);
    expect((await bench.deploy()).state).toBe('unchanged');
  });
});

// Without: publish.ts, hasStirred: `snapshot.locked` not asked for: by the manifest nothing has stirred since it was read.
test('a bucket is listed while another deploy holds the lock, and its manifest read when that has finished: planned anew', async () => {
  const bench = await openBench(smallSite);
  const { cloud, project, publish, deploy, copy } = bench;
  await publish();
  const theirs = copy({ ...smallSite, 'about/index.html': 'theirs' });
  await cloud.setFaults([{ match: { op: 'PutObject', key: `${state}lock.json` }, times: 1, do: { hold: true } }]);
  const before = deploy({ from: theirs });
  await cloud.untilStruck();
  let tellListed = () => {};
  const listed = new Promise<void>((resolve) => {
    tellListed = resolve;
  });
  const proxy = await startFaultProxy({
    target: cloud.cloud.endpoint,
    async decide({ method, path }) {
      if (method === 'GET' && path.includes(`${state}manifest`)) await listed;
      return { kind: 'pass' };
    },
    async answered({ path }) {
      if (!path.includes('list-type=2')) return;
      await cloud.clearFaults();
      await before;
      tellListed();
    },
  });
  onTestFinished(() => proxy.close());
  project.build({ ...smallSite, 'about/index.html': 'ours' });
  const result = await deploy({ local: { ...cloud.cloud, endpoint: proxy.endpoint } });
  expect((await before).state).toBe('live');
  expect(result).toMatchObject({ state: 'live', previousRelease: (await before).release });
  expect(await textOf(project, 'about/index.html')).toBe('ours');
});

// Without: recorded.ts, isAsRecorded: LastModified not compared.
test('an ETag does not tell of headers: an object whose headers somebody else changed is seen by its LastModified', async () => {
  const { cloud, project, time, publish } = await openBench(smallSite);
  const { domain } = await publish();
  await time.advance(5_000);
  const { bucket: Bucket } = project;
  const before = await headOf(project, 'style.css');
  await s3Client(cloud).send(
    new CopyObjectCommand({
      ...{ Bucket, Key: 'style.css', CopySource: `${Bucket}/style.css` },
      ...{ MetadataDirective: 'REPLACE', CacheControl: 'public, max-age=31536000', ContentType: 'text/plain' },
    }),
  );
  expect((await headOf(project, 'style.css')).ETag).toBe(before.ETag);
  expect((await cloud.ask(domain, '/style.css')).headers['content-type']).toBe('text/plain');
  expect((await publish()).files.headers).toEqual(['style.css']);
  const { CacheControl, ContentType } = await headOf(project, 'style.css');
  expect({ CacheControl, ContentType }).toEqual({ CacheControl: before.CacheControl, ContentType: before.ContentType });
  expect((await cloud.ask(domain, '/style.css')).headers['content-type']).toBe(before.ContentType);
});

describe('a late writer whose lock was taken over changes nothing that another deploy wrote', () => {
  test.each(lateWriters.map((row) => [row.name, row] as const))('%s', async (name, row) => {
    const { cloud, project, time, deploy, publish, copy } = await openBench(smallSite);
    await publish();
    const from = copy({ ...smallSite, ...row.late });
    if (name === 'a delete') from.unbuild('about');
    await cloud.setFaults([{ match: { op: 'PutObject', key: `${announcements}*` }, times: 1, do: { hold: true } }]);
    const late = deploy({ from, clock: time.stopped(), ...(row.lateSettings && { settings: row.lateSettings }) });
    await cloud.untilStruck();
    await time.advance(151_000);
    project.build(row.inTime);
    await publish();
    const { LastModified } = await headOf(project, row.key);
    await cloud.clearFaults();
    expect((await late).error?.code).toBe(row.code);
    const { CacheControl, LastModified: now } = await headOf(project, row.key);
    expect(await textOf(project, row.key)).toBe('in time');
    expect({ CacheControl, now }).toEqual({ CacheControl: expect.stringMatching(/^public/), now: LastModified });
    await publish();
    expect(await siteKeysOf(project)).toEqual([...new Set([...Object.keys(smallSite), row.key])].sort());
    expect((await deploy()).state).toBe('unchanged');
  });
});

// Without: plan-invalidation.ts, planInvalidation: `known` always true.
test('what looks new may be cached where the record is lost: then edges forget everything', async () => {
  const { cloud, project, publish } = await openBench({ ...smallSite, 'news/index.html': 'old news' });
  const { domain } = await publish();
  expect((await cloud.ask(domain, '/news/')).text).toBe('old news');
  await s3Client(cloud).send(new DeleteObjectCommand({ Bucket: project.bucket, Key: 'news/index.html' }));
  await purge(project, `${state}manifest`, `${state}releases/`);
  project.build({ 'news/index.html': 'new news' });
  const { files, invalidations } = await publish();
  expect(files.added).toEqual(['news/index.html']);
  expect(invalidations.map(({ part, items }) => ({ part, items }))).toEqual([{ part: 'main', items: ['/*'] }]);
  expect((await cloud.ask(domain, '/news/')).text).toBe('new news');
});

// Without: is-late.ts, isLate: `asset.class === 'pointer'` left away.
test('a service worker calls tabs to pages that edges do not have yet: it goes up when they have forgotten the old ones', async () => {
  const build = (n: number): Tree => ({ 'index.html': `page ${n}`, 'sw.js': `worker ${n}`, 'version.json': `${n}` });
  const bench = await openBench(build(1));
  const { domain } = await bench.publish();
  await bench.cloud.ask(domain, '/');
  bench.project.build(build(2));
  const seen = await visited(bench, domain, ['/', '/sw.js', '/version.json']);
  const early = seen.filter(
    (at) => at['/'] === '200 page 1' && (at['/sw.js'] !== '200 worker 1' || at['/version.json'] !== '200 1'),
  );
  expect(early).toEqual([]);
  expect(seen).toContainEqual({ '/': '200 page 2', '/sw.js': '200 worker 1', '/version.json': '200 1' });
  expect((await bench.cloud.ask(domain, '/sw.js')).text).toBe('worker 2');
});

describe('an edge function is replaced before or after its pages', () => {
  // Without: order-waves.ts, waveOfStep: updateFunction in 'provision'.
  test('not before the new pages that it leads to', async () => {
    const bench = await openBench({ 'index.html': 'home', 'about/index.html': 'about', 'team/index.html': 'team' });
    const { domain } = await bench.publish();
    bench.project.unbuild('about', 'team');
    bench.project.build({ 'about.html': 'about', 'team.html': 'team', 'index.html': 'new home' });
    const seen = await visited(bench, domain, ['/about']);
    expect(seen.filter((at) => at['/about']?.startsWith('404'))).toEqual([]);
    expect((await bench.cloud.ask(domain, '/about')).text).toBe('about');
  });

  // Without: order-waves.ts, waveOfStep: updateFunction in 'late'.
  test('not after the changed pages that rely on it', async () => {
    const bench = await openBench({ 'index.html': 'home' });
    const { domain } = await bench.publish();
    bench.project.build({ feed: 'feed', 'index.html': '<script src="/feed"></script>' });
    const seen = await visited(bench, domain, ['/', '/feed']);
    expect(seen.filter((at) => at['/']?.includes('/feed') && at['/feed'] !== '200 feed')).toEqual([]);
    expect(seen.some((at) => at['/']?.includes('/feed'))).toBe(true);
  });
});
