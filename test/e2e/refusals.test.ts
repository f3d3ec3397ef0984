import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ErrorCode, exitCodeOf } from '../../src/model/error-code.ts';
import type { ErrorObject } from '../../src/report/deploy-result.ts';
import type { FaultRule } from '../support/faults.ts';
import { openProject, type Project, smallSite } from '../support/project.ts';
import { writesOf } from '../support/request-log.ts';
import type { CliEnd } from '../support/run-cdnpub.ts';
import { s3Client } from '../support/s3-client.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import type { Tree } from '../support/temp-dir.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());
afterEach(async () => void (await cloud.clearFaults()));

/** A command that must be refused with nothing written anywhere. */
interface Row {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: RegExp;
  readonly hint?: RegExp;
  /** Files of `dist/`. */
  readonly files?: Tree;
  /** Files beside `dist/`. */
  readonly beside?: Tree;
  /** The whole command line but `--json`; without `--site` where `named` is false. */
  readonly args?: readonly string[];
  readonly named?: false;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly faults?: readonly FaultRule[];
  /** What happened before; its answer is added to the environment. */
  readonly before?: (project: Project) => Promise<Readonly<Record<string, string>> | void>;
  readonly details?: Readonly<Record<string, unknown>>;
}

const deny = (op: string, status: number, code: string): readonly FaultRule[] => [
  { match: { op }, do: { status, code } },
];
const config = (text: string): Tree => ({ 'cdnpub.config.json': text });
const index = { 'index.html': '<p>home' };

const directories: readonly Row[] = [
  { name: 'a missing folder', code: 'E_DIR', args: ['deploy', 'nowhere'], message: /there is no folder .*nowhere/ },
  { name: 'a file', code: 'E_DIR', args: ['deploy', 'dist/index.html'], message: /is a file, not a folder/ },
  {
    name: 'no folder at all',
    code: 'E_CONFIG',
    args: ['deploy'],
    message: /no folder is given/,
    hint: /cdnpub deploy dist/,
  },
  {
    name: 'an empty folder',
    code: 'E_EMPTY',
    files: { '.hidden': '' },
    message: /^dist holds no file/,
    hint: /--allow-empty/,
  },
  {
    name: 'a project',
    code: 'E_PROJECT_ROOT',
    args: ['deploy', '.'],
    beside: { 'package.json': '{}', 'node_modules/a/index.js': '' },
    message: /is a project, not a build: it holds package\.json/,
    hint: /cdnpub deploy \.\/dist/,
  },
  {
    name: 'a page that loads its own source',
    code: 'E_PROJECT_ROOT',
    files: { 'index.html': '<script type="module" src="/src/main.tsx"></script>' },
    message: /is a project/,
  },
  {
    name: 'a folder without an index',
    code: 'E_NO_INDEX',
    files: { 'a.html': '' },
    message: /^dist has no index\.html/,
  },
  {
    name: 'a private key',
    code: 'E_SECRETS',
    files: { ...index, 'deploy.pem': '-----BEGIN RSA PRIVATE KEY-----\nMIIE' },
    message: /1 file looks secret .*deploy\.pem \(private key\)/,
  },
  {
    name: 'two names that are one after NFC',
    code: 'E_DIR',
    files: { ...index, 'caf\u00e9.txt': '1', 'cafe\u0301.txt': '2' },
    message: /two files make one URL.*\\u\{301\}/,
  },
  {
    name: 'a build that holds .cdnpub/',
    code: 'E_DIR',
    files: { ...index, '.cdnpub/x': '' },
    message: /holds \.cdnpub\//,
  },
  {
    name: 'a build that holds _cdnpub/',
    code: 'E_DIR',
    files: { ...index, '_cdnpub/x': '' },
    message: /holds _cdnpub\//,
  },
  {
    name: 'a key that is too long',
    code: 'E_DIR',
    files: { ...index, [`${'a'.repeat(200)}/`.repeat(6).slice(0, -1)]: '' },
    message: /a key in S3 has at most 1024/,
  },
  {
    name: 'too many files without an extension',
    code: 'E_EDGE_SIZE',
    files: { ...index, ...Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`${'x'.repeat(40)}-${n}`, ''])) },
    message: /edge function would have \d+ bytes/,
  },
];

const configs: readonly Row[] = [
  {
    name: 'unknown keys and wrong values, all at once',
    code: 'E_CONFIG',
    beside: config(
      '{\n  "sit": "docs",\n  "headers": [\n    { "match": "/*", "set": [] }\n  ],\n  "retention": { "assets": "soon" },\n  "env": { "staging": { "bukket": "x" } }\n}\n',
    ),
    message:
      /4 problems[\s\S]*json:2:3[\s\S]*json:4:\d+[\s\S]*headers\[0\]\.set[\s\S]*json:6:\d+[\s\S]*duration[\s\S]*json:7:\d+/,
  },
  {
    name: 'a config that is no JSON',
    code: 'E_CONFIG',
    beside: config('{ "site": "docs"\n "dir": '),
    message: /cdnpub\.config\.json:2:/,
  },
  { name: 'a config that is no object', code: 'E_CONFIG', beside: config('[]'), message: /cdnpub\.config\.json:1:1/ },
  { name: 'an empty config', code: 'E_CONFIG', beside: config(''), message: /cdnpub\.config\.json/ },
  {
    name: 'two configs at once',
    code: 'E_CONFIG',
    beside: { 'cdnpub.config.json': '{}', 'package.json': '{"cdnpub":{}}' },
    message: /two configs: cdnpub\.config\.json and package\.json#cdnpub/,
  },
  {
    name: 'a config of a kind not read yet',
    code: 'E_CONFIG',
    beside: { 'cdnpub.config.ts': '' },
    message: /not read yet; use \.json/,
  },
  {
    name: 'a named config that is missing',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '--config', 'no.json'],
    message: /no config no\.json/,
  },
  {
    name: 'an unknown environment',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '-e', 'stagin'],
    beside: config('{ "env": { "staging": {} } }'),
    message: /no environment "stagin"/,
    hint: /did you mean staging\?/,
  },
  {
    name: 'a site name that cannot be',
    code: 'E_CONFIG',
    named: false,
    args: ['deploy', 'dist', '--site', 'Docs!'],
    message: /--site: "Docs!"/,
  },
  {
    name: 'a site name past 32 with its environment',
    code: 'E_CONFIG',
    named: false,
    args: ['deploy', 'dist', '-e', 'staging'],
    beside: config(`{ "site": "${'a'.repeat(30)}", "env": { "staging": {} } }`),
    message: /at most 32/,
  },
  {
    name: 'a bucket name that cannot be',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '--bucket', 'No_Bucket'],
    message: /--bucket: "No_Bucket"/,
  },
  { name: 'a wrong variable', code: 'E_CONFIG', env: { CDNPUB_CDN: 'maybe' }, message: /CDNPUB_CDN: "maybe"/ },
  {
    name: 'another account than the config names',
    code: 'E_ACCOUNT',
    beside: config('{ "account": "999999999999" }'),
    message: /belong to account 111122223333, the config names 999999999999/,
  },
];

const usage: readonly Row[] = [
  { name: 'an unknown command', code: 'E_USAGE', named: false, args: ['deplyo'], message: /deplyo/ },
  { name: 'an unknown flag', code: 'E_USAGE', args: ['deploy', 'dist', '--frce'], message: /--frce/ },
  {
    name: 'a flag without its value',
    code: 'E_USAGE',
    named: false,
    args: ['deploy', 'dist', '--bucket'],
    message: /--bucket/,
  },
  { name: 'one folder too many', code: 'E_USAGE', args: ['deploy', 'dist', 'other'], message: /other/ },
  {
    name: 'a duration that is none',
    code: 'E_USAGE',
    args: ['deploy', 'dist', '--wait-timeout', 'soon'],
    message: /soon is no duration/,
  },
  { name: 'a concurrency of nothing', code: 'E_USAGE', args: ['deploy', 'dist', '--concurrency', '0'], message: /0/ },
  {
    name: 'a concurrency in letters',
    code: 'E_USAGE',
    args: ['deploy', 'dist', '--concurrency', 'many'],
    message: /many/,
  },
  { name: 'nothing to invalidate', code: 'E_USAGE', args: ['invalidate'], message: /PATH/i },
  {
    name: 'a path without its slash',
    code: 'E_USAGE',
    before: published,
    args: ['invalidate', 'docs'],
    message: /must start with "\/"/,
  },
  {
    name: 'a star in the middle',
    code: 'E_USAGE',
    before: published,
    args: ['invalidate', '/a*b'],
    message: /only at the end/,
  },
];

const credentials: readonly Row[] = [
  {
    name: 'no credentials',
    code: 'E_CREDENTIALS',
    env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    message: /no usable AWS credentials/,
    hint: /cdnpub dev DIR/,
  },
  {
    name: 'a profile that is not there',
    code: 'E_CREDENTIALS',
    args: ['deploy', 'dist', '--profile', 'work'],
    env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    message: /in profile work/,
  },
  {
    name: 'a wrong secret',
    code: 'E_CREDENTIALS',
    env: { AWS_SECRET_ACCESS_KEY: 'wrong' },
    message: /no usable AWS credentials/,
  },
  {
    name: 'a key that AWS does not know',
    code: 'E_CREDENTIALS',
    faults: deny('GetCallerIdentity', 403, 'InvalidClientTokenId'),
    message: /no usable AWS credentials/,
  },
  {
    name: 'an expired token',
    code: 'E_EXPIRED',
    faults: deny('GetCallerIdentity', 403, 'ExpiredToken'),
    message: /credentials have expired/,
    hint: /aws sso login/,
  },
  {
    name: 'a token that expires between two requests',
    code: 'E_EXPIRED',
    before: published,
    faults: deny('ListObjectsV2', 400, 'ExpiredToken'),
    message: /credentials have expired/,
  },
];

const places: readonly Row[] = [
  {
    name: 'no region',
    code: 'E_REGION',
    env: { AWS_REGION: undefined },
    message: /no region is set/,
    hint: /AWS_REGION/,
  },
  {
    name: 'a partition without our CloudFront',
    code: 'E_PARTITION',
    before: async () => ({ AWS_ENDPOINT_URL_STS: await startSts('arn:aws-cn:iam::111122223333:user/local') }),
    message: /partition aws-cn/,
    hint: /--no-cdn/,
  },
  {
    name: 'an endpoint without STS and no bucket',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '--no-cdn'],
    env: { AWS_ENDPOINT_URL: undefined },
    before: async () => ({ AWS_ENDPOINT_URL_S3: cloud.cloud.endpoint }),
    message: /no STS/,
    hint: /--bucket NAME/,
  },
  {
    name: 'an endpoint without STS and a distribution',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '--bucket', 'some-files'],
    env: { AWS_ENDPOINT_URL: undefined },
    before: async () => ({ AWS_ENDPOINT_URL_S3: cloud.cloud.endpoint }),
    message: /no STS/,
    hint: /--no-cdn/,
  },
  {
    name: 'a bucket of another account',
    code: 'E_FOREIGN_BUCKET',
    args: ['deploy', 'dist', '--yes', '--bucket', 'somebody-elses-files'],
    before: async () => {
      await makeBucket('somebody-elses-files', { accessKeyId: 'AKIASOMEBODYELSE0000' });
    },
    message: /somebody-elses-files belongs to another account/,
  },
  {
    name: 'a bucket of one’s own that cdnpub did not make',
    code: 'E_FOREIGN_BUCKET',
    args: ['deploy', 'dist', '--yes', '--bucket', 'my-other-files'],
    before: () => makeBucket('my-other-files'),
    message: /my-other-files exists and was not made by cdnpub/,
    hint: /--adopt/,
  },
  {
    name: 'a bucket that holds another site',
    code: 'E_FOREIGN_BUCKET',
    named: false,
    args: ['deploy', 'dist', '--yes', '--site', 'another', '--bucket', 'shared-files'],
    before: async (project) => void (await project.publish(['--bucket', 'shared-files', '--no-cdn'])),
    message: /holds the site site-\d+, not another/,
  },
  {
    name: 'a site that has a distribution, without it',
    code: 'E_CONFIG',
    before: published,
    args: ['deploy', 'dist', '--yes', '--no-cdn'],
    message: /has the distribution E\w+; --no-cdn would leave it/,
  },
  {
    name: 'the status of a site that is not there',
    code: 'E_CONFIG',
    args: ['status'],
    message: /has not been published yet/,
  },
  {
    name: 'an invalidation of a site that is not there',
    code: 'E_CONFIG',
    args: ['invalidate', '/'],
    message: /has not been published yet/,
  },
  {
    name: 'an invalidation without a distribution',
    code: 'E_CONFIG',
    args: ['invalidate', '/'],
    before: async (project) => void (await project.publish(['--no-cdn'])),
    message: /has no distribution/,
  },
];

const states: readonly Row[] = [
  { name: 'a first deploy without a yes', code: 'E_CONFIRM', message: /creates infrastructure/, hint: /--yes/ },
  {
    name: 'a stranger’s object on a key of ours',
    code: 'E_CONFIRM',
    before: async (project) => {
      await project.publish();
      await put(project, 'new.html', 'theirs');
      project.build({ 'new.html': 'ours' });
    },
    message: /overwrites 1 object/,
  },
  {
    name: 'more than a third of the site gone',
    code: 'E_MASS_DELETE',
    files: { ...smallSite, ...Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`p${n}.html`, `${n}`])) },
    before: async (project) => {
      await project.publish();
      project.unbuild(...Array.from({ length: 25 }, (_, n) => `p${n}.html`));
    },
    args: ['deploy', 'dist', '--yes'],
    message: /would delete 25 of/,
    hint: /--allow-mass-delete/,
  },
  {
    name: 'a site record of a newer cdnpub',
    code: 'E_NEWER_STATE',
    before: async (project) => {
      await project.publish(['--no-cdn']);
      await put(project, '.cdnpub/site.json', '{"schema":99}');
    },
    args: ['deploy', 'dist', '--yes', '--no-cdn'],
    message: /format 99, this one knows 1/,
  },
  {
    name: 'a manifest of a newer cdnpub',
    code: 'E_NEWER_STATE',
    before: async (project) => {
      await published(project);
      await put(project, '.cdnpub/channels/live/manifest', gzipSync('{"schema":99}\n'));
    },
    args: ['deploy', 'dist', '--yes'],
    message: /the manifest was written by a newer cdnpub/,
  },
  {
    name: 'a site record that cannot be read',
    code: 'E_FOREIGN_BUCKET',
    before: async (project) => {
      await project.publish(['--no-cdn']);
      await put(project, '.cdnpub/site.json', 'garbled');
    },
    args: ['deploy', 'dist', '--yes', '--no-cdn'],
    message: /not a site record that cdnpub can read/,
  },
];

const services: readonly Row[] = [
  {
    name: 'nobody at the endpoint',
    code: 'E_NETWORK',
    env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    message: /sts:GetCallerIdentity did not reach AWS/,
  },
  {
    name: 'an endpoint that is no address',
    code: 'E_CONFIG',
    env: { AWS_ENDPOINT_URL: 'not an address' },
    message: /AWS_ENDPOINT_URL/,
  },
  {
    name: 'errors that do not end',
    code: 'E_SERVICE',
    faults: deny('GetCallerIdentity', 503, 'ServiceUnavailable'),
    message: /sts:GetCallerIdentity .*ServiceUnavailable, HTTP 503/,
  },
];

const rows: readonly Row[] = [...directories, ...configs, ...usage, ...credentials, ...places, ...states, ...services];

describe.each([
  ['directories', directories],
  ['configs', configs],
  ['usage', usage],
  ['credentials', credentials],
  ['places', places],
  ['states', states],
  ['services', services],
] as const)('%s', (_, group) => {
  test.each(group)('$name: $code', async (row) => {
    const { plain, json, writes } = await refuse(row);
    const exit = exitCodeOf[row.code];
    expect(plain).toMatchObject({ code: exit, stdout: '' });
    expect(plain.stderr).toContain(`(${row.code})`);
    expect(plain.stderr).not.toMatch(/^\s+at /m);
    const { error, ...result } = json.json<{ readonly error: ErrorObject }>();
    expect(result).toMatchObject({ schema: 1, ok: false, exit });
    expect({ ...error, code: json.code }).toMatchObject({ code: exit, message: expect.stringMatching(row.message) });
    expect(error.code).toBe(row.code);
    if (row.hint !== undefined) expect(error.hints.join('\n')).toMatch(row.hint);
    expect(json.stderr).toBe('');
    expect(writes.map(({ op, key }) => `${op} ${key}`)).toEqual([]);
  });
});

/** A deploy that stops after it has written something: told as such, and mended by the next one. */
interface Stopped {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: RegExp;
  /** What the build has become since the first deploy; without it, the first deploy is the one that stops. */
  readonly change?: (project: Project) => void;
  readonly faults?: readonly FaultRule[];
  /** What somebody does while the reply to the announcement is held back. */
  readonly meanwhile?: (project: Project) => Promise<void>;
  readonly args?: readonly string[];
}

const whileAnnouncing: readonly FaultRule[] = [
  { match: { op: 'PutObject', key: '.cdnpub/channels/live/announcements/*' }, times: 1, do: { hold: true } },
];
const newText = (project: Project) => project.build({ 'about/index.html': 'new', 'index.html': 'new' });

const stopped: readonly Stopped[] = [
  {
    name: 'an object that appears on a key of ours',
    code: 'E_FOREIGN_OBJECT',
    change: (project) => project.build({ 'new.txt': 'ours' }),
    meanwhile: (project) => put(project, 'new.txt', 'theirs'),
    message: /^new\.txt appeared in the bucket after this deploy was planned/,
  },
  {
    name: 'an object of ours that somebody overwrites',
    code: 'E_STALE',
    change: newText,
    meanwhile: (project) => put(project, 'about/index.html', 'theirs'),
    message: /^about\/index\.html was changed by somebody else/,
  },
  {
    name: 'an object of ours that somebody overwrites before it is deleted',
    code: 'E_STALE',
    change: (project) => project.unbuild('about'),
    meanwhile: (project) => put(project, 'about/index.html', 'theirs'),
    message: /^about\/index\.html changed after this deploy was planned and was not deleted/,
  },
  {
    name: 'a manifest that somebody else writes',
    code: 'E_STALE',
    change: newText,
    meanwhile: (project) => put(project, '.cdnpub/channels/live/manifest', 'theirs'),
    message: /another deploy changed \.cdnpub\/channels\/live\/manifest/,
  },
  {
    name: 'a file that vanishes',
    code: 'E_PARTIAL',
    change: newText,
    meanwhile: async (project) => project.unbuild('about/index.html'),
    message: /^about\/index\.html vanished while it was published/,
  },
  {
    name: 'a file that changes',
    code: 'E_PARTIAL',
    change: newText,
    meanwhile: async (project) => project.build({ 'about/index.html': 'newer' }),
    message: /^about\/index\.html changed while it was published/,
  },
  {
    name: 'too many invalidations in progress',
    code: 'E_THROTTLED',
    change: newText,
    faults: deny('CreateInvalidation', 400, 'TooManyInvalidationsInProgress'),
    message: /AWS throttled cloudfront:CreateInvalidation/,
  },
  {
    name: 'an invalidation that is waited for in vain',
    code: 'E_TIMEOUT',
    change: (project) => {
      newText(project);
      // Removed files go only when no edge holds a page any more that asks for them.
      project.unbuild('style.css');
    },
    args: ['--wait-timeout', '0'],
    message: /invalidation I\w+ was not Completed within 0 s/,
  },
  {
    name: 'an account that AWS must verify first',
    code: 'E_ACCOUNT_UNVERIFIED',
    faults: deny('CreateDistributionWithTags', 403, 'Your account must be verified before you can add resources'),
    message: /must be verified first/,
  },
];

describe('stopped half way, told, and mended by the next deploy', () => {
  test.each(stopped)('$name: $code', async ({ change, faults = [], meanwhile, args = [], code, message }) => {
    const project = openProject(cloud);
    if (change !== undefined) await project.publish();
    change?.(project);
    await cloud.setFaults(meanwhile === undefined ? faults : whileAnnouncing);
    const deploying = project.deploy(['--yes', ...args]);
    if (meanwhile !== undefined) {
      await cloud.untilStruck();
      await meanwhile(project);
    }
    if (meanwhile !== undefined) await cloud.clearFaults();
    const result = await deploying;
    await cloud.clearFaults();
    expect(result).toMatchObject({ ok: false, exit: exitCodeOf[code], state: 'partial', changed: true });
    expect(result.error).toMatchObject({ code, message: expect.stringMatching(message) });
    if (meanwhile !== undefined) project.build({ 'about/index.html': 'whole again' });
    await project.publish();
    expect(await project.deploy()).toMatchObject({ ok: true, state: 'unchanged', changed: false });
  });
});

test('every code that can be raised has a row', () => {
  const raised = new Set(
    sources(fileURLToPath(new URL('../../src', import.meta.url)))
      .filter((path) => !/local-cloud|error-code\.ts$/.test(path))
      .flatMap((path) => readFileSync(path, 'utf8').match(/'E_[A-Z_]+'/g) ?? [])
      .map((quoted) => quoted.slice(1, -1)),
  );
  const told = new Set<string>([...rows, ...stopped].map(({ code }) => code));
  // A bug has no row; every missing permission has one in a table of its own.
  const elsewhere = ['E_BUG', 'E_PERMISSION'];
  expect([...raised].filter((code) => !told.has(code) && !elsewhere.includes(code))).toEqual([]);
});

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));

async function refuse(row: Row) {
  const project = openProject(cloud, row.files ?? smallSite, row.beside);
  const env = { ...row.env, ...(await row.before?.(project)) };
  if (row.faults !== undefined) await cloud.setFaults(row.faults);
  const { next } = await cloud.requests();
  const args = row.args ?? ['deploy', 'dist'];
  const start = { cwd: project.cwd, env };
  const run = (more: readonly string[]): Promise<CliEnd> =>
    row.named === false ? cloud.run([...args, ...more], start) : project.run([...args, ...more], start);
  const [plain, json] = await Promise.all([run([]), run(['--json'])]);
  const { requests } = await cloud.requests(next);
  return { plain, json, writes: writesOf(requests) };
}

async function published(project: Project): Promise<void> {
  await project.publish();
}

async function makeBucket(
  Bucket: string,
  options: { readonly accessKeyId?: string; readonly region?: string } = {},
): Promise<void> {
  const region = options.region ?? 'eu-west-1';
  const CreateBucketConfiguration = { LocationConstraint: region as 'eu-west-1' };
  await s3Client(cloud, { ...options, region }).send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
}

async function put({ bucket: Bucket }: Project, Key: string, Body: string | Uint8Array): Promise<void> {
  await s3Client(cloud).send(new PutObjectCommand({ Bucket, Key, Body }));
}

/** An STS that knows one caller. */
async function startSts(arn: string): Promise<string> {
  const xml = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
  const server = createServer((_, response) => void response.setHeader('content-type', 'text/xml').end(xml));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
