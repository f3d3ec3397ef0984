import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import { misfits, type Shape } from '../support/conforms.ts';
import { openProject, type Project, smallSite } from '../support/project.ts';
import type { LoggedRequest } from '../support/request-log.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { writeTree } from '../support/write-tree.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());
afterEach(async () => void (await cloud.clearFaults()));

const error: Shape = { code: 'string', message: 'string', hints: ['string'], details: { orNull: {} } };

const deployShape = {
  ...{ schema: 'number', ok: 'boolean', exit: 'number', dryRun: 'boolean', changed: 'boolean', state: 'string' },
  confirm: 'boolean',
  ...{ site: 'string', channel: 'string', account: 'string', region: 'string', bucket: 'string' },
  ...{ release: 'string?', previousRelease: 'string?', rolledBackTo: 'string?', url: 'string?' },
  distribution: {
    orNull: {
      ...{ id: 'string?', domain: 'string?', status: 'string?' },
      changes: [{ field: 'string', from: 'string', to: 'string' }],
    },
  },
  files: {
    ...{ total: 'number', added: ['string'], changed: ['string'], headers: ['string'], deleted: ['string'] },
    ...{ retained: ['string'], unchanged: 'number', leftOut: ['string'] },
    failed: [{ key: 'string', code: 'string', message: 'string' }],
  },
  bytes: { total: 'number', uploaded: 'number' },
  requests: {
    s3: {
      list: 'number',
      get: 'number',
      head: 'number',
      put: 'number',
      copy: 'number',
      delete: 'number',
      other: 'number',
    },
    cloudfront: { read: 'number', write: 'number' },
    kvs: { read: 'number', write: 'number' },
  },
  invalidations: [
    { id: 'string?', part: 'string', items: ['string'], billable: 'number', covers: 'number', overcovers: 'number' },
  ],
  refusals: [{ code: 'string', message: 'string', hints: ['string'] }],
  warnings: ['string'],
  seconds: 'number',
} as const satisfies Shape;

/** The contract of a deploy that did not go through; details differ from code to code. */
function expectDeploy(result: DeployResult): void {
  const { error: told, ...rest } = result;
  expect(misfits(rest, deployShape)).toEqual([]);
  expect('error' in result).toBe(!result.ok);
  if (told !== undefined) expect(misfits({ ...told, details: null }, error)).toEqual([]);
}

describe('deploy --json', () => {
  let project: Project;
  test('of a first deploy', async () => {
    project = openProject(cloud, { ...smallSite, '.nojekyll': '' });
    const result = await project.publish();
    const { domain, ...plain } = result;
    expectDeploy(plain);
    expect(plain).toMatchObject({
      ...{ schema: 1, ok: true, exit: 0, dryRun: false, changed: true, state: 'live', confirm: true },
      ...{ site: project.site, channel: 'live', account: '111122223333', region: 'eu-west-1', bucket: project.bucket },
      ...{ release: expect.stringMatching(/^r-\d{8}-\d{6}-[0-9a-f]{6}$/), previousRelease: null },
      url: `https://${domain}`,
      distribution: { id: expect.stringMatching(/^E\w+$/), domain, status: 'InProgress', changes: [] },
      files: { total: 5, added: Object.keys(smallSite).sort(), unchanged: 0, leftOut: ['.nojekyll'] },
      ...{ invalidations: [], refusals: [], warnings: [] },
    });
    expect(plain.bytes.uploaded).toBe(plain.bytes.total);
  });

  test('of nothing to do', async () => {
    const before = await project.deploy();
    expectDeploy(before);
    expect(before).toMatchObject({
      ...{ ok: true, changed: false, state: 'unchanged', confirm: false, previousRelease: null },
      ...{ distribution: { status: 'Deployed' }, files: { total: 5, unchanged: 5, added: [] }, bytes: { uploaded: 0 } },
    });
    expect(before.requests.s3).toMatchObject({ put: 0, copy: 0, delete: 0, head: 0 });
  });

  test('of a change, and its requests are those that were sent', async () => {
    project.build({ 'about/index.html': 'new', 'new/index.html': 'new' });
    project.unbuild('style.css', 'assets');
    writeTree(project.cwd, {
      'cdnpub.config.json': '{ "headers": [{ "match": "404.html", "set": { "expires": "0" } }] }',
    });
    const { release } = await project.deploy(['--dry-run']);
    const { next } = await cloud.requests();
    const result = await project.deploy();
    const { requests } = await cloud.requests(next);
    expectDeploy(result);
    expect(result).toMatchObject({
      ...{ ok: true, changed: true, state: 'live', previousRelease: expect.stringMatching(/^r-/) },
      files: {
        ...{ total: 4, added: ['new/index.html'], changed: ['about/index.html'], headers: ['404.html'] },
        ...{ deleted: ['style.css'], retained: ['assets/app-3f9a1c2b.js'], unchanged: 1 },
      },
      bytes: { uploaded: 6 },
      invalidations: [
        { id: expect.stringMatching(/^I/), part: 'main', billable: 2, covers: 2, overcovers: 0 },
        { id: expect.stringMatching(/^I/), part: 'late', items: ['/style.css'] },
      ],
    });
    expect(result.release).not.toBe(release);
    expect(result.requests).toEqual(countOf(requests));
  });

  test('of a dry run', async () => {
    project.build({ 'about/index.html': 'newer' });
    const result = await project.deploy(['--dry-run']);
    expectDeploy(result);
    expect(result).toMatchObject({
      ...{ ok: true, dryRun: true, changed: true, state: 'unchanged', files: { changed: ['about/index.html'] } },
      invalidations: [{ id: null, items: ['/about/index.html'] }],
      bytes: { uploaded: 0 },
    });
  });

  test('of a refusal', async () => {
    project.build({ 'key.pem': '-----BEGIN PRIVATE KEY-----\n', 'package.json': '{}' });
    const result = await project.deploy(['--yes']);
    expectDeploy(result);
    expect(result).toMatchObject({
      ok: false,
      exit: 3,
      changed: false,
      state: 'unchanged',
      error: { code: 'E_PROJECT_ROOT' },
    });
    expect(result.refusals.map(({ code }) => code)).toEqual(['E_PROJECT_ROOT', 'E_SECRETS']);
    project.unbuild('key.pem', 'package.json');
  });

  test('of a deploy that stopped half way', async () => {
    project.build({ 'index.html': 'new', 'about/index.html': 'new' });
    await cloud.setFaults([
      { match: { op: 'PutObject', key: 'index.html' }, do: { status: 403, code: 'AccessDenied' } },
    ]);
    const before = await project.deploy(['--dry-run']);
    const result = await project.deploy();
    await cloud.clearFaults();
    expectDeploy(result);
    expect(result).toMatchObject({
      ...{ ok: false, exit: 4, changed: true, state: 'partial', error: { code: 'E_PERMISSION' } },
      files: { failed: [{ key: 'index.html', code: 'E_PERMISSION' }] },
      invalidations: [],
    });
    expect(result.release).toBe(before.previousRelease);
    expect(result.previousRelease).not.toBe(result.release);
  });

  test.each([
    ['of a command line that cannot be read', ['--frce'], 'E_USAGE'],
    ['of a config that is wrong', ['--config', 'no.json'], 'E_CONFIG'],
    ['of a folder that is not there', ['--site', 'no'], 'E_CONFIG'],
  ] as const)('%s', async (_, args, code) => {
    const end = await cloud.run(['deploy', 'dist', '--json', '--dry-run', ...args], { cwd: project.cwd });
    const { error: told, ...rest } = end.json<DeployResult>();
    // Nothing is known of the place yet.
    const unknown = {
      ...deployShape,
      site: 'string?',
      account: 'string?',
      region: 'string?',
      bucket: 'string?',
    } as const;
    expect(misfits(rest, unknown)).toEqual([]);
    expect(rest).toMatchObject({ ok: false, exit: 2, dryRun: true, changed: false, state: 'unchanged' });
    expect(told?.code).toBe(code);
  });
});

/** What the cloud's log says was sent, as `requests` counts it. */
function countOf(requests: readonly LoggedRequest[]): DeployResult['requests'] {
  const s3 = { list: 0, get: 0, head: 0, put: 0, copy: 0, delete: 0, other: 0 };
  const cloudfront = { read: 0, write: 0 };
  const kinds: Readonly<Record<string, keyof typeof s3>> = {
    ...{ ListObjectsV2: 'list', GetObject: 'get', HeadObject: 'head', PutObject: 'put', CopyObject: 'copy' },
    DeleteObjects: 'delete',
  };
  for (const { service, op } of requests) {
    if (service === 's3') s3[kinds[op] ?? 'other'] += 1;
    if (service === 'cloudfront') cloudfront[/^(?:Get|List|Describe)/.test(op) ? 'read' : 'write'] += 1;
  }
  return { s3, cloudfront, kvs: { read: 0, write: 0 } };
}

describe('the other commands', () => {
  test('status --json', async () => {
    const project = openProject(cloud);
    const { release, url, distribution } = await project.publish(['--message', 'why']);
    const end = await project.run(['status', '--json']);
    const ci = { orNull: {} } as const;
    const shape = {
      ...{ schema: 'number', ok: 'boolean', exit: 'number' },
      ...{ site: 'string', channel: 'string', account: 'string', region: 'string', bucket: 'string' },
      ...{
        release: 'string?',
        previousRelease: 'string?',
        rolledBackTo: 'string?',
        hold: 'boolean',
        finishedAt: 'number?',
        url: 'string?',
      },
      run: { orNull: { user: 'string', host: 'string', message: 'string?', ci } },
      distribution: { orNull: { id: 'string', domain: 'string', status: 'string', enabled: 'boolean' } },
      ...{
        missing: ['string'],
        drifted: ['string'],
        headers: ['string'],
        verified: 'boolean',
        foreign: 'number',
        unfinished: ['string'],
        drift: 'boolean',
      },
      ...{ files: { total: 'number' }, bytes: { total: 'number' } },
    } as const satisfies Shape;
    expect(misfits(end.json(), shape)).toEqual([]);
    expect(end.json()).toMatchObject({
      ...{ schema: 1, ok: true, exit: 0, release, url, drift: false, foreign: 0, files: { total: 5 } },
      run: { message: 'why' },
      distribution: { id: distribution?.id, enabled: true },
    });
    expect(end.stderr).toBe('');
  });

  test('invalidate --json', async () => {
    const project = openProject(cloud);
    const { distribution } = await project.publish();
    const end = await project.run(['invalidate', '/about/', '/assets/*', '--json']);
    const shape: Shape = {
      ...{
        schema: 'number',
        ok: 'boolean',
        exit: 'number',
        id: 'string',
        distribution: 'string',
        completed: 'boolean',
      },
      items: ['string'],
    };
    expect(misfits(end.json(), shape)).toEqual([]);
    expect(end.json()).toMatchObject({
      ...{ schema: 1, ok: true, exit: 0, distribution: distribution?.id, completed: true },
      items: ['/about/index.html', '/assets/*'],
    });
  });

  test.each([['status'], ['invalidate', '/'], ['init']])('%s --json of a failure', async (...args) => {
    const project = openProject(cloud, {}, { 'cdnpub.config.json': '{' });
    const end = await project.run([...args, '--json']);
    const shape: Shape = { schema: 'number', ok: 'boolean', exit: 'number', error };
    const { error: told, ...rest } = end.json<{ readonly error: object }>();
    expect(misfits({ ...rest, error: { ...told, details: null } }, shape)).toEqual([]);
    expect(rest).toEqual({ schema: 1, ok: false, exit: 2 });
  });
});

describe('without --json', () => {
  test('standard output is the address and nothing else', async () => {
    const project = openProject(cloud);
    const first = await project.run(['deploy', 'dist', '--yes']);
    const url = first.stdout.trim();
    expect(first.stdout).toMatch(/^https:\/\/d\w+\.localhost\n$/);
    expect(first.stderr).toMatch(/Release/);
    expect(await project.run(['deploy', 'dist'])).toMatchObject({ code: 0, stdout: `${url}\n` });
    project.build({ 'new/index.html': 'new' });
    expect(await project.run(['deploy', 'dist', '--quiet'])).toMatchObject({ code: 0, stdout: `${url}\n`, stderr: '' });
  });

  test('it is the bucket where no distribution stands before it', async () => {
    const beside = { 'cdnpub.config.json': '{ "prefix": "docs", "cdn": false }' };
    const project = openProject(cloud, smallSite, beside);
    const first = await project.run(['deploy', 'dist', '--yes']);
    expect(first.stdout).toBe(`s3://${project.bucket}/docs/\n`);
    const { url, distribution, invalidations } = await project.deploy();
    expect({ url, distribution, invalidations }).toEqual({ url: null, distribution: null, invalidations: [] });
  });

  test('it is empty when a deploy is refused, and --quiet still says why', async () => {
    const project = openProject(cloud);
    const end = await project.run(['deploy', 'dist', '--quiet']);
    expect(end).toMatchObject({ code: 3, stdout: '' });
    expect(end.stderr).toMatch(/E_CONFIRM/);
  });

  test('nothing is coloured where no terminal is', async () => {
    const project = openProject(cloud);
    const { stdout, stderr } = await project.run(['deploy', 'dist', '--yes'], { env: { FORCE_COLOR: undefined } });
    expect(stdout + stderr).not.toContain('\u001b');
  });
});
