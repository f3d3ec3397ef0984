import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openProject, type Project, smallSite } from '../support/project.ts';
import { writesOf } from '../support/request-log.ts';
import { s3Client } from '../support/s3-client.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { makeBucket, put } from './refusals/row.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

const textOf = async (Bucket: string, Key: string, region = 'eu-west-1'): Promise<string | undefined> =>
  (await s3Client(cloud, { region }).send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

/** A guard that a flag of its own lets through. */
const flags: readonly {
  readonly flag: string;
  readonly before: (project: Project) => Promise<unknown> | unknown;
  readonly files: readonly string[];
}[] = [
  { flag: '--allow-empty', before: (project) => project.unbuild(...Object.keys(smallSite)), files: [] },
  { flag: '--allow-no-index', before: (project) => project.unbuild('index.html'), files: ['about/index.html'] },
  {
    flag: '--allow-project-root',
    before: (project) => project.build({ 'package.json': '{}' }),
    files: ['package.json'],
  },
  {
    flag: '--allow-secrets',
    before: (project) => project.build({ id_rsa: 'not really' }),
    files: ['id_rsa'],
  },
  {
    flag: '--allow-mass-delete',
    before: async (project) => {
      const pages = Array.from({ length: 25 }, (_, n) => `p${n}.html`);
      project.build(Object.fromEntries(pages.map((page) => [page, page])));
      await project.publish(['--no-cdn']);
      project.unbuild(...pages);
    },
    files: [],
  },
];

test.each(flags.map((row) => [row.flag, row] as const))(
  '%s lets its guard pass, and --yes does not',
  async (flag, row) => {
    const project = openProject(cloud);
    await row.before(project);
    const refused = await project.deploy(['--no-cdn', '--yes']);
    expect(refused).toMatchObject({ ok: false, exit: 3, state: 'unchanged' });
    expect(refused.error?.hints.join()).toContain(flag);
    const done = await project.deploy(['--no-cdn', '--yes', flag]);
    expect(done).toMatchObject({ ok: true, state: 'live' });
    expect(done.files.added).toEqual(expect.arrayContaining([...row.files]));
  },
);

test('--adopt publishes into a bucket of one’s own and leaves alone what is in it', async () => {
  const project = openProject(cloud);
  await makeBucket(cloud, 'adopted-files');
  const theirs = { Bucket: 'adopted-files', Key: 'theirs.txt', Body: 'theirs' };
  await s3Client(cloud).send(new PutObjectCommand(theirs));
  const place = ['--no-cdn', '--bucket', 'adopted-files'];
  expect(await project.deploy([...place, '--adopt'])).toMatchObject({
    exit: 3,
    confirm: true,
    error: { code: 'E_CONFIRM' },
  });
  expect(await project.deploy([...place, '--adopt', '--yes'])).toMatchObject({ ok: true, state: 'live' });
  expect(await textOf('adopted-files', 'theirs.txt')).toBe('theirs');
  // Adopted once, it is this site's from then on.
  expect(await project.deploy(place)).toMatchObject({ ok: true, state: 'unchanged' });
});

test('a bucket in another region is followed there, whatever the environment says', async () => {
  const project = openProject(cloud);
  await makeBucket(cloud, 'far-away-files', { region: 'us-west-2' });
  const place = ['--no-cdn', '--bucket', 'far-away-files'];
  const first = await project.deploy([...place, '--adopt', '--yes', '--region', 'eu-central-1']);
  expect(first).toMatchObject({ ok: true, state: 'live', region: 'us-west-2' });
  expect(await textOf('far-away-files', 'index.html', 'us-west-2')).toBe(smallSite['index.html']);
  expect(await project.deploy(place)).toMatchObject({ ok: true, state: 'unchanged', region: 'us-west-2' });
});

test('a stranger’s object on a key of ours is shown in the plan, and overwritten after a yes', async () => {
  const project = openProject(cloud);
  await project.publish(['--no-cdn']);
  await put(project, 'new.txt', 'theirs');
  project.build({ 'new.txt': 'ours' });
  const shown = await project.run(['deploy', 'dist', '--no-cdn', '--dry-run']);
  expect(shown.code).toBe(0);
  expect(shown.stderr).toMatch(/~ new\.txt +not published by cdnpub/);
  expect(shown.stderr).toMatch(/Needs a yes +overwrites 1 object/);
  const done = await project.publish(['--no-cdn']);
  expect(done.files.changed).toEqual(['new.txt']);
  expect(await textOf(project.bucket, 'new.txt')).toBe('ours');
});

test('a stranger’s object that is ours already, byte for byte and header for header, is taken over without a word', async () => {
  const project = openProject(cloud);
  await project.publish(['--no-cdn']);
  await s3Client(cloud).send(
    new PutObjectCommand({
      Bucket: project.bucket,
      Key: 'same.txt',
      Body: 'same',
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'public, max-age=0, must-revalidate',
    }),
  );
  project.build({ 'same.txt': 'same' });
  const result = await project.deploy(['--no-cdn']);
  expect(result).toMatchObject({ ok: true, confirm: false, files: { changed: [], headers: [] } });
  expect(result.requests.s3.copy).toBe(0);
});

describe('a dry run', () => {
  const writesSince = async (at: number) => writesOf((await cloud.requests(at)).requests).map(({ op }) => op);

  test('of a first deploy needs no yes, says that one is needed, and writes nothing', async () => {
    const project = openProject(cloud);
    const { next } = await cloud.requests();
    expect(await project.deploy(['--dry-run'])).toMatchObject({
      ...{ ok: true, exit: 0, dryRun: true, changed: true, confirm: true, state: 'unchanged', url: null },
      files: { total: 5, added: expect.arrayContaining(['index.html']) },
      bytes: { uploaded: 0 },
    });
    expect(await writesSince(next)).toEqual([]);
    const { code, stdout } = await project.run(['deploy', 'dist', '--dry-run']);
    expect([code, stdout]).toEqual([0, '']);
  });

  test('without a distribution says where the files would be', async () => {
    const project = openProject(cloud);
    const { stdout } = await project.run(['deploy', 'dist', '--dry-run', '--no-cdn']);
    expect(stdout).toBe(`s3://${project.bucket}/\n`);
  });

  test('of a change says what a deploy then does, and writes nothing', async () => {
    const project = openProject(cloud);
    await project.publish();
    project.build({ 'new/index.html': 'new', 'style.css': 'changed' });
    project.unbuild('about');
    const { next } = await cloud.requests();
    const dry = await project.deploy(['--dry-run']);
    expect(await writesSince(next)).toEqual([]);
    const done = await project.deploy();
    expect(dry.files).toEqual(done.files);
    expect(dry.invalidations.map(({ items }) => items)).toEqual(done.invalidations.map(({ items }) => items));
    expect(dry).toMatchObject({ confirm: false, previousRelease: done.previousRelease });
  });

  test('runs every guard', async () => {
    const project = openProject(cloud, { 'a.html': '' });
    expect(await project.deploy(['--dry-run'])).toMatchObject({ exit: 3, dryRun: true, error: { code: 'E_NO_INDEX' } });
  });
});

test('with its manifest garbled, a site is still known by its newest release', async () => {
  const project = openProject(cloud);
  const { domain } = await project.publish();
  await cloud.ask(domain, '/');
  await put(project, '.cdnpub/channels/live/manifest', 'garbled');
  project.build({ 'index.html': 'new' });
  const mended = await project.publish();
  expect(mended.invalidations.map(({ items }) => items)).toEqual([['/index.html']]);
  expect((await cloud.ask(domain, '/')).text).toBe('new');
  expect(await project.deploy()).toMatchObject({ ok: true, state: 'unchanged' });
});

test('with manifest and release garbled nothing is known: everything is read back, and edges forget all', async () => {
  const project = openProject(cloud);
  const { domain, release } = await project.publish();
  await cloud.ask(domain, '/');
  // Twice: its noncurrent version would stand in for it.
  await put(project, '.cdnpub/channels/live/manifest', 'garbled');
  await put(project, '.cdnpub/channels/live/manifest', 'garbled again');
  await put(project, `.cdnpub/channels/live/releases/${release}`, 'garbled');
  project.build({ 'index.html': 'new' });
  const mended = await project.publish();
  expect(mended.invalidations.map(({ items }) => items)).toEqual([['/*']]);
  expect((await cloud.ask(domain, '/')).text).toBe('new');
  expect(await project.deploy()).toMatchObject({ ok: true, state: 'unchanged' });
});

test('an announcement that is garbled does no harm', async () => {
  const project = openProject(cloud);
  await project.publish(['--no-cdn']);
  await put(project, '.cdnpub/channels/live/announcements/r-1', 'garbled');
  project.build({ 'new.txt': 'new' });
  await project.publish(['--no-cdn']);
  expect(await textOf(project.bucket, 'new.txt')).toBe('new');
});

test('services that fail for a moment are asked again', async () => {
  const project = openProject(cloud);
  const brief = (op: string, status: number, code: string) => ({ match: { op }, times: 2, do: { status, code } });
  await cloud.setFaults([
    brief('PutObject', 503, 'SlowDown'),
    brief('CreateBucket', 500, 'InternalError'),
    brief('CreateDistributionWithTags', 503, 'ServiceUnavailable'),
    { match: { op: 'GetCallerIdentity' }, times: 1, do: { reset: 'before' } },
  ]);
  expect(await project.publish()).toMatchObject({ state: 'live' });
  expect(await cloud.clearFaults()).toEqual([2, 2, 2, 1]);
});

test('writes whose replies are lost are seen as done', async () => {
  // Of its own, so that what an account shares between its sites is made in this run.
  const cloud = await startCloud();
  onTestFinished(() => cloud.close());
  const project = openProject(cloud);
  const lost = (op: string, key?: string) => ({
    match: { op, ...(key === undefined ? {} : { key }) },
    times: 1,
    do: { reset: 'after' as const },
  });
  await cloud.setFaults([
    ...[lost('CreateBucket'), lost('CreateKeyValueStore'), lost('CreateFunction'), lost('CreateDistributionWithTags')],
    ...[lost('CreateOriginAccessControl'), lost('CreateCachePolicy'), lost('CreateResponseHeadersPolicy')],
    ...[lost('PutObject', 'index.html'), lost('PutObject', '.cdnpub/channels/live/manifest')],
  ]);
  expect(await project.publish()).toMatchObject({ state: 'live' });
  expect(await cloud.clearFaults()).toEqual(Array(9).fill(1));
  const head = await s3Client(cloud).send(new HeadObjectCommand({ Bucket: project.bucket, Key: 'index.html' }));
  expect(head.ContentType).toBe('text/html; charset=utf-8');
  expect(await project.deploy()).toMatchObject({ state: 'unchanged' });
});

test('an invalidation that is not waited for leaves the late part to the next deploy', async () => {
  const project = openProject(cloud);
  const { domain } = await project.publish();
  project.build({ 'index.html': 'new' });
  project.unbuild('style.css');
  const hurried = await project.deploy(['--wait-timeout', '0']);
  expect(hurried).toMatchObject({ ok: true, exit: 0, state: 'live' });
  expect(hurried.warnings.join('\n')).toContain('1 late change is left to the next deploy: style.css');
  expect((await cloud.ask(domain, '/style.css')).status).toBe(200);
  expect(await project.deploy()).toMatchObject({ ok: true, changed: true });
  expect((await cloud.ask(domain, '/style.css')).status).toBe(404);
  expect(await project.deploy()).toMatchObject({ ok: true, state: 'unchanged', warnings: [] });
});

test('a deploy waits for another’s lock, and tells whose it is', async () => {
  const project = openProject(cloud);
  await project.publish(['--no-cdn']);
  project.build({ 'new.txt': 'new' });
  await cloud.setFaults([{ match: { op: 'PutObject', key: 'new.txt' }, times: 1, do: { hold: true } }]);
  const first = project.deploy(['--no-cdn']);
  await cloud.untilStruck();
  const second = project.run(['deploy', 'dist', '--no-cdn', '--lock-timeout', '1m']);
  await untilAsked('lock.json', 2);
  await cloud.clearFaults();
  expect(await first).toMatchObject({ ok: true, state: 'live' });
  const { code, stderr } = await second;
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/is deploying/);
  expect(await project.deploy(['--no-cdn'])).toMatchObject({ state: 'unchanged' });

  /** Waits until the lock was refused so many times. */
  async function untilAsked(name: string, times: number): Promise<void> {
    const isRefusal = ({ key, status }: { key?: string; status: number }) => key?.endsWith(name) && status === 412;
    const { next } = await cloud.requests();
    while ((await cloud.requests(next)).requests.filter(isRefusal).length < times) await sleep(50);
  }
});
