import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProject, type Project } from '../support/project.ts';
import { type ProxiedCloud, startProxiedCloud } from '../support/proxied-cloud.ts';
import type { CliEnd } from '../support/run-cdnpub.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { writeTree } from '../support/write-tree.ts';

let cloud: TestCloud;
let aws: ProxiedCloud;

beforeAll(async () => {
  cloud = await startCloud();
  aws = await startProxiedCloud(cloud.cloud.endpoint);
});
beforeEach(() => {
  aws.tunnels.length = 0;
  aws.seen.length = 0;
});
afterAll(async () => {
  await aws.close();
  await cloud.close();
});

/** The environment of somebody whose only way out is the proxy. The key is none that the cloud can check. */
const behindProxy = (env: Readonly<Record<string, string | undefined>> = {}): Readonly<Record<string, string>> =>
  ({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAPROXIED',
    AWS_SECRET_ACCESS_KEY: 'secret',
    HTTPS_PROXY: aws.proxy,
    AWS_CA_BUNDLE: aws.authority,
    ...env,
  }) as never;

const run = (project: Project, args: readonly string[], env?: Readonly<Record<string, string | undefined>>) =>
  project.run([...args, '--json'], { env: behindProxy(env) });

const errorOf = (end: CliEnd): unknown => end.json<{ readonly error?: unknown }>().error;

test('everything that is asked goes through the proxy: S3, STS, CloudFront, files large and small', async () => {
  const project = openProject(cloud);
  project.build({ 'large.bin': 'l'.repeat(17 * 1_048_576) });
  const { next } = await cloud.requests();
  const end = await run(project, ['deploy', 'dist', '--yes']);
  expect(errorOf(end)).toBeUndefined();
  expect(end.json()).toMatchObject({ ok: true, state: 'live', account: '000000000000' });
  const { requests } = await cloud.requests(next);
  expect(aws.seen).toHaveLength(requests.length);
  expect(requests.map(({ service }) => service)).toEqual(expect.arrayContaining(['sts', 's3', 'cloudfront']));
  expect(requests.map(({ op }) => op)).toEqual(expect.arrayContaining(['PutObject', 'UploadPart']));
  const bucket = `${project.site}-000000000000-eu-west-1-an.aws.cdnpub.test:443`;
  expect(aws.tunnels).toEqual(expect.arrayContaining(['aws.cdnpub.test:443', bucket]));
  expect(aws.tunnels.length, 'connections are kept').toBeLessThan(requests.length);
});

describe('so do those who give out credentials', () => {
  const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

  test('single sign-on', async () => {
    const project = openProject(cloud);
    const start = 'https://ann.awsapps.com/start';
    const profile = `[profile ann]\nsso_start_url = ${start}\nsso_region = eu-west-1\nsso_account_id = 000000000000\nsso_role_name = deploy\n`;
    const cached = { startUrl: start, region: 'eu-west-1', accessToken: 'token', expiresAt: '2100-01-01T00:00:00Z' };
    const name = createHash('sha1').update(start).digest('hex');
    const home = join(project.cwd, 'home');
    writeTree(home, { '.aws/config': profile, [`.aws/sso/cache/${name}.json`]: JSON.stringify(cached) });
    const args = ['deploy', 'dist', '--dry-run', '--no-cdn', '--profile', 'ann'];
    const end = await run(project, args, { ...noKeys, HOME: home });
    expect(errorOf(end)).toBeUndefined();
    expect(aws.seen.filter((line) => line.includes('/federation/credentials'))).toHaveLength(1);
  });

  test('a role by web identity, as CI has it', async () => {
    const project = openProject(cloud);
    writeTree(project.cwd, { token: 'token' });
    const end = await run(project, ['deploy', 'dist', '--dry-run', '--no-cdn'], {
      ...noKeys,
      AWS_WEB_IDENTITY_TOKEN_FILE: join(project.cwd, 'token'),
      AWS_ROLE_ARN: 'arn:aws:iam::000000000000:role/deploy',
    });
    expect(errorOf(end)).toBeUndefined();
    expect(aws.tunnels).toContain('aws.cdnpub.test:443');
  });
});

describe('what keeps a run from AWS is told', () => {
  type Env = Readonly<Record<string, string | undefined>>;
  const code = (name: string, message: RegExp) => ({ code: name, message: expect.stringMatching(message) });
  test.each<readonly [string, Env, object]>([
    [
      'a proxy that wants a password',
      { HTTPS_PROXY: 'nobody' },
      code('E_NETWORK', /the proxy 127\.0\.0\.1:\d+ answered 407/),
    ],
    [
      'a proxy that is no address',
      { HTTPS_PROXY: 'socks5://ann:pw@proxy' },
      code('E_CONFIG', /^HTTPS_PROXY is no address/),
    ],
    ['a certificate of nobody’s', { AWS_CA_BUNDLE: undefined }, code('E_NETWORK', /certificate/)],
    [
      'a bundle that is not there',
      { AWS_CA_BUNDLE: '/nowhere.pem' },
      code('E_CONFIG', /AWS_CA_BUNDLE: \/nowhere\.pem/),
    ],
  ])('%s', async (_, env, expected) => {
    const given = env.HTTPS_PROXY === 'nobody' ? { HTTPS_PROXY: aws.proxy.replace('ann:secret@', '') } : env;
    const end = await run(openProject(cloud), ['deploy', 'dist', '--dry-run', '--no-cdn'], given);
    expect(errorOf(end)).toMatchObject(expected);
    expect(end.stdout).not.toMatch(/secret|ann:pw/);
  });
});

test('this machine is never asked through a proxy', async () => {
  const project = openProject(cloud);
  const env = { HTTPS_PROXY: aws.proxy, HTTP_PROXY: aws.proxy, https_proxy: aws.proxy };
  const end = await project.run(['deploy', 'dist', '--dry-run', '--json'], { env });
  expect(errorOf(end)).toBeUndefined();
  expect(aws.tunnels).toEqual([]);
});
