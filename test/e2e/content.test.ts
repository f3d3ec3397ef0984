import { CreateDistributionCommand, GetDistributionConfigCommand } from '@aws-sdk/client-cloudfront';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { invalidate } from '../../src/app/invalidate.ts';
import { siteRecordKey } from '../../src/model/state-keys.ts';
import { type Bench, deployOptions, type Given, openBench } from '../support/open-bench.ts';
import { writesOf } from '../support/request-log.ts';
import { cloudFrontClient, s3Client } from '../support/s3-client.ts';

const bucket = 'their-bucket';
const files = {
  'index.html': '<p>home',
  'blog/index.html': '<p>blog',
  'blog/a b.html': '<p>post',
  'style.css': 'p {}',
  _redirects: '/old /new',
};

/** AWS's managed CachingOptimized, and UseOriginCacheControlHeaders-QueryStrings. */
const byPath = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const byQuery = '4cc15a8a-d715-48a4-82b8-cc0b614638fe';

interface Theirs {
  readonly cachePolicy?: string;
  readonly originPath?: string;
  /** Whether the state is closed to everybody. */
  readonly state?: 'closed' | 'open';
}

/** A bucket and a distribution as somebody's Terraform would make them. */
async function openTheirs({ cachePolicy = byPath, originPath = '', state = 'closed' }: Theirs = {}) {
  const bench = await openBench(files);
  const s3 = s3Client(bench.cloud);
  await s3.send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucket }));
  const DistributionConfig = {
    ...{ CallerReference: 'theirs', Comment: 'theirs', Enabled: true, DefaultRootObject: 'index.html' },
    Origins: { Quantity: 1, Items: [{ ...theirOrigin, OriginPath: originPath }] },
    DefaultCacheBehavior: {
      ...({ TargetOriginId: 's3', ViewerProtocolPolicy: 'allow-all', CachePolicyId: cachePolicy } as const),
    },
  };
  const { Distribution } = await cloudFrontClient(bench.cloud).send(
    new CreateDistributionCommand({ DistributionConfig }),
  );
  const [id = '', domain = ''] = [Distribution?.Id, Distribution?.DomainName];
  await openToEverybody(bench, state);
  await bench.time.advance(600_000);
  const settings: Given['settings'] = { manage: 'content', bucket, distribution: id };
  const adopt = { empty: false, noIndex: false, projectRoot: false, secrets: false, massDelete: false, older: false };
  return { bench, id, domain, given: { settings, allowed: { ...adopt, adopt: true } } satisfies Given };
}

const theirOrigin = {
  ...{ Id: 's3', DomainName: `${bucket}.s3.eu-west-1.amazonaws.com` },
  S3OriginConfig: { OriginAccessIdentity: '' },
};

async function openToEverybody({ cloud }: Bench, state: 'closed' | 'open'): Promise<void> {
  const arn = `arn:aws:s3:::${bucket}`;
  const everybody = { Principal: '*', Action: 's3:GetObject' };
  const deny = { Effect: 'Deny', ...everybody, Resource: `${arn}/*.cdnpub/*`, Condition: others(cloud.cloud.account) };
  const Statement = [{ Effect: 'Allow', ...everybody, Resource: `${arn}/*` }, ...(state === 'closed' ? [deny] : [])];
  await s3Client(cloud).send(
    new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );
}

const others = (account: string) => ({ StringNotEquals: { 'aws:PrincipalAccount': account } });

const itemsOf = (result: { readonly invalidations: readonly { readonly items: readonly string[] }[] }) =>
  result.invalidations.flatMap(({ items }) => items);

describe('"manage": "content"', () => {
  test('publishes and invalidates, and alters nothing that is not its own', async () => {
    const { bench, id, domain, given } = await openTheirs();
    const { cloud, project } = bench;
    const before = await everythingAround(bench, id);
    const { next } = await cloud.requests();
    const first = await bench.publish(given);
    expect(first).toMatchObject({ state: 'live', distribution: { id, domain, changes: [] } });
    expect(itemsOf(first)).toEqual(['/*']);
    expect(first.warnings).toEqual([expect.stringMatching(/^_redirects:1: redirects need a distribution/)]);
    expect((await cloud.ask(domain, '/')).text).toBe('<p>home');
    expect((await cloud.ask(domain, '/style.css')).headers['cache-control']).toContain('s-maxage=86400');
    project.build({ 'index.html': '<p>home 2', 'blog/a b.html': '<p>post 2' });
    const second = await bench.publish(given);
    expect(itemsOf(second).toSorted()).toEqual(['/', '/blog/a%20b.html', '/index.html']);
    expect(second.invalidations).toMatchObject([{ covers: 2, overcovers: 0 }]);
    expect((await cloud.ask(domain, '/')).text).toBe('<p>home 2');
    expect(await bench.deploy(given)).toMatchObject({ state: 'unchanged' });
    expect(await everythingAround(bench, id)).toEqual(before);
    const made = writesOf((await cloud.requests(next)).requests).map(({ op }) => op);
    expect(new Set(made)).toEqual(new Set(['PutObject', 'CreateInvalidation', 'DeleteObjects']));
  });

  test('forgets an index under each of its addresses', async () => {
    const { bench, given } = await openTheirs();
    await bench.publish(given);
    bench.project.build({ 'blog/index.html': '<p>blog 2' });
    expect(itemsOf(await bench.publish(given))).toEqual(['/blog', '/blog/', '/blog/index.html']);
    const options = deployOptions(bench.project, bench.time.clock(), given);
    expect(await invalidate({ ...options, paths: ['/blog/'] })).toMatchObject({ items: ['/blog/'], completed: true });
  });

  test.each<[string, Theirs, RegExp]>([
    ['query strings in the cache key', { cachePolicy: byQuery }, /query strings are part of its cache key/],
    ['an origin path elsewhere', { originPath: '/elsewhere' }, /its origin path does not lead to the root/],
  ])('%s: everything is invalidated, and told why', async (_, theirs, why) => {
    const { bench, given } = await openTheirs(theirs);
    await bench.publish(given);
    bench.project.build({ 'style.css': 'p { margin: 0 }' });
    const result = await bench.publish(given);
    expect(itemsOf(result)).toEqual(['/*']);
    expect(result.warnings).toEqual(expect.arrayContaining([expect.stringMatching(why)]));
  });

  test.each([
    ['', 'docs/', ['/docs/style.css']],
    ['/docs', 'docs/', ['/style.css']],
  ])('the origin path %j and the prefix %j make the addresses', async (originPath, prefix, items) => {
    const { bench, given } = await openTheirs({ originPath });
    const settings = { ...given.settings, prefix };
    await bench.publish({ ...given, settings });
    bench.project.build({ 'style.css': 'p { margin: 0 }' });
    expect(itemsOf(await bench.publish({ ...given, settings }))).toEqual(items);
  });

  test('is refused where anybody can read the state, until it is closed', async () => {
    const { bench, given, domain } = await openTheirs({ state: 'open' });
    const refused = await bench.deploy(given);
    expect(refused).toMatchObject({ exit: 3, error: { code: 'E_SECRETS' } });
    expect(refused.error?.message).toContain(`/${siteRecordKey}`);
    expect(refused.error?.hints[0]).toMatch(/"Effect":"Deny".*their-bucket\/\.cdnpub\/\*/);
    expect((await bench.cloud.ask(domain, '/')).status).not.toBe(200);
    expect(await bench.deploy(given)).toMatchObject({ error: { code: 'E_SECRETS' } });
    await openToEverybody(bench, 'closed');
    await bench.time.advance(60_000);
    expect(await bench.deploy(given)).toMatchObject({ state: 'live' });
  });

  test.each<[string, Given['settings'], RegExp]>([
    ['a bucket that is not there', { bucket: 'nobodys-bucket' }, /there is no bucket nobodys-bucket/],
    ['a distribution that is not there', { distribution: 'E0NOBODYS' }, /there is no distribution E0NOBODYS/],
  ])('%s is refused', async (_, settings, message) => {
    const { bench, given } = await openTheirs();
    const result = await bench.deploy({ ...given, settings: { ...given.settings, ...settings } });
    expect(result).toMatchObject({ exit: 2, state: 'unchanged', error: { code: 'E_CONFIG' } });
    expect(result.error?.message).toMatch(message);
  });

  test('without a distribution nothing is kept by edges or invalidated', async () => {
    const { bench, given } = await openTheirs();
    const result = await bench.publish({ ...given, settings: { manage: 'content', bucket, cdn: false } });
    expect(result).toMatchObject({ state: 'live', url: null, bucket, invalidations: [] });
  });
});

/** The settings of bucket and distribution. */
async function everythingAround({ cloud }: Bench, Id: string): Promise<unknown> {
  const s3 = s3Client(cloud);
  const { ETag, DistributionConfig } = await cloudFrontClient(cloud).send(new GetDistributionConfigCommand({ Id }));
  const access = await s3.send(new GetPublicAccessBlockCommand({ Bucket: bucket })).catch(({ name }) => ({ name }));
  const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
  const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }));
  return { ETag, DistributionConfig, Policy, Status, access: 'name' in access ? access.name : access };
}
