import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateFunctionCommand,
  DeleteDistributionCommand,
  type DistributionConfig,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  PublishFunctionCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProject, type Project, smallSite } from '../support/project.ts';
import { writesOf } from '../support/request-log.ts';
import { cloudFrontClient, s3Client } from '../support/s3-client.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

async function configOf(Id: string) {
  const { DistributionConfig, ETag } = await cloudFrontClient(cloud).send(new GetDistributionConfigCommand({ Id }));
  if (DistributionConfig === undefined || ETag === undefined) throw new Error('no config');
  return { config: DistributionConfig, etag: ETag };
}

/** Changes a distribution by hand. */
async function alter(Id: string, change: (config: DistributionConfig) => DistributionConfig): Promise<void> {
  const { config, etag } = await configOf(Id);
  await cloudFrontClient(cloud).send(
    new UpdateDistributionCommand({ Id, IfMatch: etag, DistributionConfig: change(config) }),
  );
}

const idOf = (result: { readonly distribution: { readonly id: string | null } | null }): string =>
  result.distribution?.id ?? '';

/** Fields that cdnpub owns, each changed by hand, and how the config says it afterwards. */
const owned: readonly (readonly [field: string, change: (config: DistributionConfig) => DistributionConfig])[] = [
  ['DefaultRootObject', (config) => ({ ...config, DefaultRootObject: 'home.html' })],
  ['HttpVersion', (config) => ({ ...config, HttpVersion: 'http1.1' })],
  ['IPV6Enabled', (config) => ({ ...config, IsIPV6Enabled: false })],
  ['CustomErrorResponses', (config) => ({ ...config, CustomErrorResponses: { Quantity: 0, Items: [] } })],
  ['DefaultCacheBehavior.Compress', behavior({ Compress: false })],
  ['DefaultCacheBehavior.ViewerProtocolPolicy', behavior({ ViewerProtocolPolicy: 'allow-all' })],
  [
    'DefaultCacheBehavior.AllowedMethods',
    behavior({
      AllowedMethods: {
        ...{ Quantity: 3, Items: ['GET', 'HEAD', 'OPTIONS'] },
        CachedMethods: { Quantity: 2, Items: ['GET', 'HEAD'] },
      },
    }),
  ],
  // AWS's managed CachingDisabled and SecurityHeadersPolicy.
  ['DefaultCacheBehavior.CachePolicyId', behavior({ CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' })],
  [
    'DefaultCacheBehavior.ResponseHeadersPolicyId',
    behavior({ ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03' }),
  ],
  ['DefaultCacheBehavior.ViewerRequestFunction', behavior({ FunctionAssociations: { Quantity: 0, Items: [] } })],
  ['Origin.OriginPath', origin({ OriginPath: '/elsewhere' })],
];

function behavior(change: Partial<NonNullable<DistributionConfig['DefaultCacheBehavior']>>) {
  return (config: DistributionConfig): DistributionConfig => ({
    ...config,
    DefaultCacheBehavior: { ...defaultBehavior(config), ...change },
  });
}

function defaultBehavior({ DefaultCacheBehavior }: DistributionConfig) {
  if (DefaultCacheBehavior === undefined) throw new Error('no default behaviour');
  return DefaultCacheBehavior;
}

function origin(change: { readonly OriginPath: string }) {
  return (config: DistributionConfig): DistributionConfig => {
    const Items = (config.Origins?.Items ?? []).map((one) => ({ ...one, ...change }));
    return { ...config, Origins: { Quantity: Items.length, Items } };
  };
}

test('fields that somebody changed by hand are shown, need a yes, and are put back', async () => {
  const project = openProject(cloud);
  const published = await project.publish();
  const { config: before } = await configOf(idOf(published));
  await alter(idOf(published), (config) => owned.reduce((changed, [, change]) => change(changed), config));
  const refused = await project.deploy();
  expect(refused).toMatchObject({ exit: 3, error: { code: 'E_CONFIRM' }, confirm: true });
  expect(refused.distribution?.changes.map(({ field }) => field).sort()).toEqual(owned.map(([field]) => field).sort());
  const shown = await project.run(['deploy', 'dist', '--dry-run']);
  expect(shown.stderr).toMatch(/~ distribution HttpVersion: http1\.1 → http2and3/);
  await project.publish();
  expect((await configOf(idOf(published))).config).toEqual(before);
  expect((await cloud.ask(published.domain, '/about/')).status).toBe(200);
  expect(await project.deploy()).toMatchObject({ state: 'unchanged' });
});

test('what others set on the distribution survives a change of ours', async () => {
  const project = openProject(cloud);
  const published = await project.publish();
  const arn = await publishFunction('theirs');
  await alter(idOf(published), (config) => {
    const ours = config.DefaultCacheBehavior?.FunctionAssociations?.Items ?? [];
    const Items = [...ours, { EventType: 'viewer-response' as const, FunctionARN: arn }];
    const api = {
      Id: 'api',
      DomainName: 'api.example.com',
      OriginPath: '',
      CustomHeaders: { Quantity: 0, Items: [] },
      CustomOriginConfig: {
        ...{ HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' as const },
        OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2' as const] },
        ...{ OriginReadTimeout: 30, OriginKeepaliveTimeout: 5 },
      },
    };
    const origins = [...(config.Origins?.Items ?? []), api];
    const theirs = { ...defaultBehavior(config), PathPattern: '/api/*', TargetOriginId: 'api' };
    return {
      ...behavior({ FunctionAssociations: { Quantity: Items.length, Items } })(config),
      Comment: 'ours, says somebody',
      PriceClass: 'PriceClass_100',
      Origins: { Quantity: origins.length, Items: origins },
      CacheBehaviors: {
        Quantity: 1,
        Items: [{ ...theirs, FunctionAssociations: { Quantity: 0, Items: [] } }],
      },
    };
  });
  expect(await project.deploy()).toMatchObject({ ok: true, state: 'unchanged' });
  const { config: theirs } = await configOf(idOf(published));
  await alter(idOf(published), (config) => ({ ...config, HttpVersion: 'http2' }));
  project.build({ 'new/index.html': 'new' });
  await project.publish();
  expect((await configOf(idOf(published))).config).toEqual(theirs);
  expect((await cloud.ask(published.domain, '/')).headers['x-theirs']).toBe('yes');
});

async function publishFunction(Name: string): Promise<string> {
  const client = cloudFrontClient(cloud);
  const code =
    "function handler(event) { event.response.headers['x-theirs'] = { value: 'yes' }; return event.response; }";
  const { ETag } = await client.send(
    new CreateFunctionCommand({
      Name,
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
      FunctionCode: new TextEncoder().encode(code),
    }),
  );
  const { FunctionSummary } = await client.send(new PublishFunctionCommand({ Name, IfMatch: ETag }));
  return FunctionSummary?.FunctionMetadata?.FunctionARN ?? '';
}

test('a distribution that somebody changes while it is updated is left to the next run', async () => {
  const project = openProject(cloud);
  const published = await project.publish();
  await alter(idOf(published), (config) => ({ ...config, HttpVersion: 'http2' }));
  await cloud.setFaults([{ match: { op: 'GetDistributionConfig' }, times: 1, do: { hold: true } }]);
  const deploying = project.deploy(['--yes']);
  await cloud.untilStruck();
  await alter(idOf(published), (config) => ({ ...config, Comment: 'meanwhile' }));
  await cloud.clearFaults();
  expect(await deploying).toMatchObject({ exit: 3, error: { code: 'E_STALE' } });
  await project.publish();
  expect((await configOf(idOf(published))).config).toMatchObject({ HttpVersion: 'http2and3', Comment: 'meanwhile' });
});

const theirStatement = (bucket: string) => ({
  Sid: 'Backup',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::222233334444:role/backup' },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
});

interface Policy {
  readonly Statement: readonly { readonly Sid?: string }[];
}

async function policyOf({ bucket: Bucket }: Project): Promise<Policy> {
  const { Policy } = await s3Client(cloud).send(new GetBucketPolicyCommand({ Bucket }));
  return JSON.parse(Policy ?? '') as Policy;
}

const putPolicy = ({ bucket: Bucket }: Project, Statement: readonly object[]) =>
  s3Client(cloud).send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );

test('statements of others in the bucket policy survive, ours are put back', async () => {
  const project = openProject(cloud);
  const { domain } = await project.publish();
  const { Statement: ours } = await policyOf(project);
  await putPolicy(project, [theirStatement(project.bucket)]);
  expect((await cloud.ask(domain, '/about/')).status).not.toBe(200);
  expect(await project.deploy()).toMatchObject({ exit: 3, error: { code: 'E_CONFIRM' } });
  await project.publish();
  expect((await cloud.ask(domain, '/style.css')).status).toBe(200);
  const { Statement } = await policyOf(project);
  expect(Statement).toEqual(expect.arrayContaining([theirStatement(project.bucket), ...ours]));
  expect(Statement).toHaveLength(ours.length + 1);
  expect(await project.deploy()).toMatchObject({ state: 'unchanged' });
});

test('a function that somebody edited is put back, and edges run it before changed pages go up', async () => {
  const project = openProject(cloud, { ...smallSite, 'a/index.html': 'a', 'b/index.html': 'b' });
  const { domain } = await project.publish();
  // Pages take over: the rule of the site turns, and with it the function.
  project.unbuild('a', 'b', 'about');
  project.build({ 'a.html': 'A', 'b.html': 'B', 'c.html': 'C', 'index.html': 'new' });
  const { next } = await cloud.requests();
  await project.publish();
  const writes = writesOf((await cloud.requests(next)).requests).map(({ op, key }) => `${op} ${key ?? ''}`.trim());
  const at = (write: string) => writes.indexOf(write);
  expect(at('PutObject c.html')).toBeGreaterThan(-1);
  expect(at('PutObject c.html')).toBeLessThan(at('UpdateFunction'));
  expect(at('PublishFunction')).toBeLessThan(at('PutObject index.html'));
  for (const [path, text] of [
    ['/a', 'A'],
    ['/c', 'C'],
  ] as const)
    expect((await cloud.ask(domain, path)).text).toBe(text);
  expect((await cloud.ask(domain, '/a/')).headers.location).toBe('/a');
  expect(await project.deploy()).toMatchObject({ state: 'unchanged' });
});

test('a distribution that was deleted by hand is made anew', async () => {
  const project = openProject(cloud);
  const first = await project.publish();
  await alter(idOf(first), (config) => ({ ...config, Enabled: false }));
  await untilDeployed(idOf(first));
  const { etag } = await configOf(idOf(first));
  await cloudFrontClient(cloud).send(new DeleteDistributionCommand({ Id: idOf(first), IfMatch: etag }));
  expect(await project.deploy()).toMatchObject({ exit: 3, error: { code: 'E_CONFIRM' } });
  const second = await project.publish();
  expect(second.domain).not.toBe(first.domain);
  expect(second.warnings.join()).toMatch(/domain|address/);
  expect((await cloud.ask(second.domain, '/about/')).text).toBe(smallSite['about/index.html']);
  expect(await project.deploy()).toMatchObject({ state: 'unchanged', url: second.url });
});

async function untilDeployed(Id: string): Promise<void> {
  const command = new GetDistributionCommand({ Id });
  while ((await cloudFrontClient(cloud).send(command)).Distribution?.Status !== 'Deployed') await sleep(50);
}
