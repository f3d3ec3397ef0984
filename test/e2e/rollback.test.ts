import { randomBytes } from 'node:crypto';
import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectsOf } from '../support/objects.ts';
import { openProject, type Project, type Published, smallSite } from '../support/project.ts';
import { writesOf } from '../support/request-log.ts';
import { s3Client } from '../support/s3-client.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { makeBucket } from './refusals/row.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

const rollback = async (project: Project, args: readonly string[] = []) => {
  const result = (await project.run(['rollback', '--json', ...args])).json<Published>();
  if (result.error !== undefined) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result;
};

const config = (project: Project, headers: readonly object[], more: object = {}) =>
  project.build({ '../cdnpub.config.json': JSON.stringify({ headers, ...more }) });

/** What viewers see of each path: status, bytes, and the headers that the site decides. */
async function seen(domain: string, paths: readonly string[]) {
  const answers = await Promise.all(paths.map((path) => cloud.ask(domain, path)));
  return new Map(
    answers.map(({ status, bytes, headers }, at) => {
      const { 'content-type': type, 'cache-control': cache, 'content-language': language, location } = headers;
      return [paths[at] ?? '', { status, bytes: bytes.toString('base64'), type, cache, language, location }];
    }),
  );
}

async function versionsOf(
  { bucket: Bucket }: Pick<Project, 'bucket'>,
  Prefix = '',
): Promise<ListObjectVersionsCommandOutput> {
  return s3Client(cloud).send(new ListObjectVersionsCommand({ Bucket, Prefix }));
}

test('any kept release comes back byte for byte and header for header, from any other', async () => {
  const project = openProject(cloud, {
    ...smallSite,
    'old name.html': 'renamed',
    'gone.txt': 'first',
    'logo.svg': '<svg/>',
  });
  const paths = [
    ...[
      '/',
      '/about/',
      '/style.css',
      '/logo.svg',
      '/old%20name',
      '/new-name',
      '/gone.txt',
      '/big.bin',
      '/nope',
      '/docs',
    ],
    ...['/assets/app-3f9a1c2b.js', '/assets/app-77ac02de.js'],
  ];
  const releases: { readonly id: string; readonly site: Awaited<ReturnType<typeof seen>> }[] = [];
  const publish = async () => {
    const { release, domain } = await project.publish();
    releases.push({ id: release ?? '', site: await seen(domain, paths) });
    return domain;
  };
  await publish();
  // Headers alone.
  config(project, [
    { match: '**/*.svg', set: { 'Cache-Control': 'public, max-age=60', 'Content-Language': 'de' } },
    { match: '/', set: { 'Content-Language': 'en' } },
  ]);
  await publish();
  // Other bytes, deletes, a rename, a large file, another fingerprint, another shape.
  config(project, []);
  project.unbuild('old name.html', 'gone.txt', 'assets', '404.html');
  project.build({
    'new-name.html': 'renamed',
    'big.bin': randomBytes(20 * 1024 * 1024),
    'index.html': '<!doctype html><script src="/assets/app-77ac02de.js"></script><p>second',
    'assets/app-77ac02de.js': 'export const app = 2;',
    docs: 'a file without an ending',
  });
  await publish();
  // What was deleted is there again, with other bytes.
  project.unbuild('big.bin', 'docs');
  project.build({ 'gone.txt': 'again', '404.html': 'lost', 'docs/index.html': 'a folder' });
  const domain = await publish();

  for (const at of [0, 2, 1, 3]) {
    const { id, site } = releases[at] as (typeof releases)[number];
    const before = await cloud.requests();
    const back = await rollback(project, [id, '--yes']);
    expect(back).toMatchObject({ ok: true, state: 'live', rolledBackTo: id, bytes: { uploaded: 0 } });
    const now = await seen(domain, paths);
    for (const path of paths) {
      // A fingerprinted file stays for open tabs.
      if (path.startsWith('/assets/') && site.get(path)?.status !== 200) continue;
      expect({ path, ...now.get(path) }).toEqual({ path, ...site.get(path) });
    }
    const puts = writesOf((await cloud.requests(before.next)).requests).filter(({ op }) => op === 'PutObject');
    expect(puts.filter(({ key }) => !key?.startsWith('.cdnpub/'))).toEqual([]);
    expect((await project.run(['status', '--verify', '--exit-code', '--json'])).json()).toMatchObject({
      ...{ exit: 0, drift: false, verified: true, headers: [], release: back.release, rolledBackTo: id },
    });
  }
  const [first] = releases;
  expect(await rollback(project, [first?.id ?? '', '--yes'])).toMatchObject({ state: 'live' });
  expect(await rollback(project, [first?.id ?? ''])).toMatchObject({ state: 'unchanged', changed: false });
}, 300_000);

test('without an id it goes to the release before the live one, and the next deploy says so', async () => {
  const project = openProject(cloud);
  const first = await project.publish();
  project.build({ 'about/index.html': 'second' });
  const second = await project.publish();
  const dry = (await project.run(['rollback', '--dry-run', '--json'])).json();
  expect(dry).toMatchObject({ ok: true, dryRun: true, changed: true, files: { changed: ['about/index.html'] } });
  expect((await cloud.ask(first.domain, '/about/')).text).toBe('second');
  const back = await rollback(project, ['--message', 'bad words']);
  expect(back).toMatchObject({ previousRelease: second.release, rolledBackTo: first.release });
  expect((await cloud.ask(first.domain, '/about/')).text).toBe(smallSite['about/index.html']);
  expect((await project.run(['status'])).stdout).toContain(`Rollback to   ${first.release}`);
  const told = `the live release ${back.release} is a rollback to ${first.release}`;
  const next = await project.deploy();
  expect(next).toMatchObject({ previousRelease: back.release, rolledBackTo: first.release, warnings: [told] });
  expect(await project.deploy()).toMatchObject({ state: 'unchanged', rolledBackTo: null, warnings: [] });
});

test('people see what comes back, and what to do next', async () => {
  const project = openProject(cloud);
  const first = await project.publish();
  project.build({ 'about/index.html': 'second', 'more.html': 'more' });
  await project.publish(['--message', 'second thoughts']);
  const list = await project.run(['releases']);
  expect(list.stdout).toMatch(
    /✔ r-\S+ .* live {2}6 files · .*\n {6}second thoughts\n {4}r-\S+ .* kept {2}5 files · .*\n/,
  );
  const show = await project.run(['releases', 'show', first.release ?? '']);
  expect(show.stdout).toMatch(/ {2}~ about\/index\.html +content/);
  expect(show.stdout).toMatch(/ {2}- more\.html +not in it/);
  const { stdout, stderr } = await project.run(['rollback']);
  expect(stdout).toMatch(/^https?:\/\/\S+\n$/);
  expect(stderr).toMatch(/ {2}~ about\/index\.html +content/);
  expect(stderr).toContain(`Rollback to   ${first.release}`);
  expect(stderr).toMatch(/Next +cdnpub deploy DIR +goes forward again/);
});

test('programs read releases, and each with its files', async () => {
  const project = openProject(cloud);
  const first = await project.publish(['--message', 'first']);
  project.build({ 'about/index.html': 'second' });
  const second = await project.publish();
  const { releases } = (await project.run(['releases', '--json'])).json<{ releases: object[] }>();
  expect(releases).toEqual([
    expect.objectContaining({ id: second.release, live: true, restorable: true, reason: null, files: { total: 5 } }),
    expect.objectContaining({ id: first.release, live: false, restorable: true, rolledBackTo: null }),
  ]);
  const show = (await project.run(['releases', 'show', first.release ?? '', '--json'])).json();
  expect(show).toMatchObject({
    ...{ ok: true, id: first.release, live: false, run: { message: 'first' }, files: { total: 5 } },
    diff: { live: second.release, added: [], changed: ['about/index.html'], headers: [], deleted: [] },
  });
});

describe('a rollback that is disturbed', () => {
  async function twoReleases() {
    const files = { 'a.txt': '1', 'b.txt': '1' };
    const project = openProject(cloud, { ...smallSite, ...files });
    const first = await project.publish(['--no-cdn']);
    project.build({ 'a.txt': '2', 'b.txt': '2', 'new.html': 'new' });
    await project.publish(['--no-cdn']);
    return { project, first: first.release };
  }

  test('does not mind a copy whose reply was lost', async () => {
    const { project, first } = await twoReleases();
    await cloud.setFaults([{ match: { op: 'CopyObject', key: 'a.txt' }, times: 1, do: { reset: 'after' } }]);
    expect(await rollback(project, ['--no-cdn'])).toMatchObject({ state: 'live', rolledBackTo: first });
    expect(await cloud.clearFaults()).toEqual([1]);
    expect(await objectsOf(project).text('a.txt')).toBe('1');
  });

  test('stops before pages go, and the same command finishes it', async () => {
    const { project, first } = await twoReleases();
    await cloud.setFaults([{ match: { op: 'CopyObject', key: 'b.txt' }, do: { status: 403, code: 'AccessDenied' } }]);
    const stopped = (await project.run(['rollback', '--no-cdn', '--json'])).json<Published>();
    await cloud.clearFaults();
    expect(stopped).toMatchObject({ ok: false, state: 'partial', error: { code: 'E_PERMISSION' } });
    expect(await objectsOf(project).text('new.html')).toBe('new');
    expect((await project.run(['status', '--exit-code', '--json'])).json()).toMatchObject({ exit: 1 });
    expect(await rollback(project, ['--no-cdn'])).toMatchObject({ state: 'live', rolledBackTo: first });
    const objects = objectsOf(project);
    expect(await Promise.all(['a.txt', 'b.txt', 'new.html'].map(objects.text))).toEqual(['1', '1', undefined]);
    expect((await project.run(['status', '--verify', '--exit-code', '--json'])).json()).toMatchObject({ exit: 0 });
  });

  test('leaves alone what somebody else wrote meanwhile', async () => {
    const { project } = await twoReleases();
    await cloud.setFaults([
      { match: { op: 'PutObject', key: '.cdnpub/channels/live/announcements/*' }, times: 1, do: { hold: true } },
    ]);
    const running = project.run(['rollback', '--no-cdn', '--json']);
    await cloud.untilStruck();
    await objectsOf(project).put('a.txt', 'theirs');
    await cloud.clearFaults();
    expect((await running).json()).toMatchObject({ ok: false, error: { code: 'E_STALE' } });
    expect(await objectsOf(project).text('a.txt')).toBe('theirs');
  });
});

describe('what cannot be gone back to is refused, and nothing is written', () => {
  async function refused(project: Project, args: readonly string[] = []) {
    const { next } = await cloud.requests();
    const result = (await project.run(['rollback', '--json', ...args])).json<Published>();
    expect(writesOf((await cloud.requests(next)).requests)).toEqual([]);
    return result;
  }

  test('a release whose versions a lifecycle rule took away', async () => {
    const project = openProject(cloud, { ...smallSite, 'a.txt': '1', 'b.txt': '1', 'c.txt': '1' });
    await project.publish();
    project.build({ 'a.txt': '2', 'b.txt': '2', 'c.txt': '2' });
    await project.publish();
    for (const Key of ['a.txt', 'b.txt']) {
      const old = (await versionsOf(project, Key)).Versions?.find(({ IsLatest }) => IsLatest === false);
      await s3Client(cloud).send(new DeleteObjectCommand({ Bucket: project.bucket, Key, VersionId: old?.VersionId }));
    }
    for (const args of [[], ['--dry-run']]) {
      const { exit, error, refusals } = await refused(project, args);
      expect([exit, error?.code, refusals.length]).toEqual([3, 'E_STALE', 1]);
      expect(error?.message).toMatch(/the bucket no longer has the version of a\.txt, b\.txt$/);
    }
  });

  test('a release of a bucket without versions', async () => {
    const project = openProject(cloud);
    const bucket = `${project.site}-unversioned`;
    await makeBucket(cloud, bucket);
    const place = ['--no-cdn', '--bucket', bucket];
    const first = await project.publish([...place, '--adopt']);
    project.build({ 'about/index.html': 'second' });
    await project.publish(place);
    const { releases } = (await project.run(['releases', '--bucket', bucket, '--json'])).json<{ releases: object[] }>();
    expect(releases[1]).toMatchObject({
      ...{ id: first.release, restorable: false },
      reason: 'not fully restorable: the bucket kept no version of 5 files',
    });
    const { error } = await refused(project, place);
    expect(error).toMatchObject({
      code: 'E_STALE',
      message: expect.stringMatching(/kept no version of about\/index\.html$/),
    });
    expect(error?.hints.join('\n')).toMatch(/turn versioning on/);
    // From then on there are versions.
    await s3Client(cloud).send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    project.build({ 'about/index.html': 'third' });
    const third = await project.publish(place);
    project.build({ 'about/index.html': 'fourth' });
    await project.publish(place);
    expect(await rollback(project, [...place])).toMatchObject({ state: 'live', rolledBackTo: third.release });
    expect(await objectsOf({ cloud, bucket }).text('about/index.html')).toBe('third');
  });

  test.each([
    ['an id that is no release', ['r-20200101-000000-000000'], 'E_USAGE', /there is no release r-20200101/],
    ['the one before the first', [], 'E_USAGE', /no release before the live one/],
  ] as const)('%s', async (_, args, code, message) => {
    const project = openProject(cloud);
    await project.publish(['--no-cdn']);
    const { error } = await refused(project, args);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('a site that was never published', async () => {
    const { error } = await refused(openProject(cloud));
    expect(error).toMatchObject({ code: 'E_CONFIG', message: expect.stringMatching(/has not been published yet/) });
  });
});

test('a held site refuses deploys and takes rollbacks, until it is resumed', async () => {
  const project = openProject(cloud);
  const first = await project.publish(['--no-cdn']);
  project.build({ 'about/index.html': 'second' });
  const second = await project.publish(['--no-cdn']);
  await rollback(project, ['--hold', '--no-cdn']);
  const held = await project.deploy(['--no-cdn']);
  expect(held).toMatchObject({ exit: 3, error: { code: 'E_HELD', hints: ['cdnpub resume'] } });
  // The hold stays through another rollback.
  await rollback(project, [second.release ?? '', '--no-cdn']);
  expect(await project.deploy(['--no-cdn'])).toMatchObject({ error: { code: 'E_HELD' } });
  expect((await project.run(['releases'])).stdout).toMatch(/Held +deploys are refused/);
  expect((await project.run(['resume', '--json'])).json()).toMatchObject({ ok: true, changed: true, hold: false });
  expect((await project.run(['resume', '--json'])).json()).toMatchObject({ ok: true, changed: false });
  expect(await project.deploy(['--no-cdn'])).toMatchObject({ ok: true, state: 'unchanged' });
  // What is live already can be held, too.
  await rollback(project, [second.release ?? '', '--hold', '--no-cdn']);
  expect((await project.run(['status', '--json'])).json()).toMatchObject({ hold: true, rolledBackTo: second.release });
  expect(first.release).not.toBe(second.release);
});

describe('old releases', () => {
  const place = ['--no-cdn'];
  const keep = (project: Project, retention: object) => config(project, [], { retention });

  test('past the number that is kept are dropped, with the versions that nothing kept names and no others', async () => {
    const project = openProject(cloud);
    keep(project, { releases: 2 });
    const ids: string[] = [];
    for (const text of ['1', '2', '3', '4']) {
      project.build({ 'about/index.html': text });
      ids.unshift((await project.publish(place)).release ?? '');
    }
    const { releases } = (await project.run(['releases', '--json'])).json<{ releases: { id: string }[] }>();
    expect(releases.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const about = (await versionsOf(project, 'about/')).Versions ?? [];
    expect(about.map(({ Size }) => Size)).toEqual([1, 1]);
    expect((await versionsOf(project, 'style.css')).Versions).toHaveLength(1);
    expect(
      (await versionsOf(project, '.cdnpub/channels/live/releases/')).Versions?.filter(({ IsLatest }) => IsLatest),
    ).toHaveLength(2);
    expect((await project.run(['rollback', ids[3] ?? '', '--json'])).json()).toMatchObject({
      error: { code: 'E_USAGE' },
    });
    expect(await rollback(project, place)).toMatchObject({ rolledBackTo: ids[1] });
    expect(await objectsOf(project).text('about/index.html')).toBe('3');
  });

  test('that cannot be dropped are a warning, and the next deploy drops them', async () => {
    const project = openProject(cloud);
    keep(project, { releases: 1 });
    await project.publish(place);
    project.build({ 'about/index.html': '2' });
    // The first call takes the announcement away.
    await cloud.setFaults([
      { match: { op: 'DeleteObjects' }, skip: 1, times: 1, do: { status: 403, code: 'AccessDenied' } },
    ]);
    const second = await project.deploy(place);
    await cloud.clearFaults();
    expect(second).toMatchObject({ ok: true, state: 'live' });
    expect(second.warnings.join()).toMatch(/old releases could not be dropped/);
    project.build({ 'about/index.html': '3' });
    expect((await project.publish(place)).warnings).toEqual([]);
    const records = (await versionsOf(project, '.cdnpub/channels/live/releases/')).Versions ?? [];
    expect(records.filter(({ IsLatest }) => IsLatest)).toHaveLength(1);
    expect((await versionsOf(project, 'about/')).Versions).toHaveLength(1);
  });

  test('that held a fingerprinted file keep it; then it goes, is not invalidated, and a rollback needs it no more', async () => {
    const project = openProject(cloud);
    keep(project, { releases: 2, assets: '0' });
    const { domain } = await project.publish();
    project.unbuild('assets');
    project.build({ 'index.html': 'without it' });
    expect((await project.publish()).files.retained).toEqual(['assets/app-3f9a1c2b.js']);
    expect((await cloud.ask(domain, '/assets/app-3f9a1c2b.js')).status).toBe(200);
    project.build({ 'index.html': 'third' });
    expect((await project.publish()).files.deleted).toEqual([]);
    project.build({ 'index.html': 'fourth' });
    const last = await project.publish();
    expect(last.files.deleted).toEqual(['assets/app-3f9a1c2b.js']);
    expect(last.invalidations.flatMap(({ items }) => items)).toEqual(['/index.html']);
    expect(await objectsOf(project).text('assets/app-3f9a1c2b.js')).toBeUndefined();
    expect(await rollback(project)).toMatchObject({ state: 'live', files: { added: [], changed: ['index.html'] } });
  });
});

describe('what is live is verified', () => {
  test('headers that somebody changed are found only by asking, and end with 1 when told to', async () => {
    const project = openProject(cloud);
    await project.publish(['--no-cdn']);
    const plain = async (args: readonly string[]) => {
      const end = await project.run(['status', '--json', ...args]);
      return { code: end.code, ...end.json() };
    };
    expect(await plain(['--exit-code'])).toMatchObject({ code: 0, exit: 0, ok: true, drift: false, verified: false });
    await objectsOf(project).remove('404.html');
    expect(await plain(['--exit-code'])).toMatchObject({ code: 1, exit: 1, ok: false, missing: ['404.html'] });
    expect(await plain([])).toMatchObject({ code: 0, exit: 0, ok: true, drift: true });
    await objectsOf(project).rehead('style.css', { ContentType: 'text/plain' });
    expect(await plain(['--verify', '--exit-code'])).toMatchObject({
      ...{ code: 1, drift: true, verified: true, headers: ['style.css'], missing: ['404.html'] },
    });
    expect((await project.run(['status', '--verify'])).stdout).toMatch(/style\.css carries other headers/);
  });
});
