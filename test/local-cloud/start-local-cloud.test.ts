import {
  CloudFrontClient,
  CreateDistributionCommand,
  CreateInvalidationCommand,
  CreateOriginAccessControlCommand,
} from '@aws-sdk/client-cloudfront';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud/start-local-cloud.ts';
import { rawRequest } from './front/raw-request.ts';

let cloud: LocalCloud;
let s3: S3Client;
let cloudFront: CloudFrontClient;
let domain = '';
let id = '';
beforeAll(async () => {
  cloud = await startLocalCloud({ seed: 1 });
  const { endpoint, accessKeyId, secretAccessKey } = cloud;
  const config = { endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } };
  s3 = new S3Client({ ...config, forcePathStyle: true });
  cloudFront = new CloudFrontClient(config);
  await s3.send(new CreateBucketCommand({ Bucket: 'site' }));
  const distribution = await createDistribution();
  domain = distribution?.DomainName ?? '';
  id = distribution?.Id ?? '';
});
afterAll(async () => {
  s3.destroy();
  cloudFront.destroy();
  await cloud.close();
});

async function createDistribution() {
  const control = await cloudFront.send(
    new CreateOriginAccessControlCommand({
      OriginAccessControlConfig: {
        Name: 'site',
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    }),
  );
  const origin = {
    Id: 's3',
    DomainName: 'site.s3.us-east-1.amazonaws.com',
    OriginPath: '',
    S3OriginConfig: { OriginAccessIdentity: '' },
    OriginAccessControlId: control.OriginAccessControl?.Id,
  };
  const answer = await cloudFront.send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: 'one',
        Comment: '',
        Enabled: true,
        DefaultRootObject: 'index.html',
        Origins: { Quantity: 1, Items: [origin] },
        DefaultCacheBehavior: {
          TargetOriginId: 's3',
          ViewerProtocolPolicy: 'redirect-to-https',
          CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        },
      },
    }),
  );
  return answer.Distribution;
}

const put = (Key: string, Body: string) =>
  s3.send(new PutObjectCommand({ Bucket: 'site', Key, Body, ContentType: 'text/html' }));
const visit = (path: string, host = domain) =>
  rawRequest({ port: Number(new URL(cloud.siteUrl).port), path, headers: { host } });
const allow = (arn: string) =>
  s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'site',
      Policy: JSON.stringify({
        Statement: [
          ['s3:GetObject', 'arn:aws:s3:::site/*'],
          ['s3:ListBucket', 'arn:aws:s3:::site'],
        ].map(([Action, Resource]) => ({
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action,
          Resource,
          Condition: { StringEquals: { 'AWS:SourceArn': arn } },
        })),
      }),
    }),
  );

describe('the services together', () => {
  test('a bucket is readable through the distribution that its policy names, and no other', async () => {
    await put('index.html', 'home');
    await allow(`arn:aws:cloudfront::${cloud.account}:distribution/OTHER`);
    expect((await visit('/refused.html')).status).toBe(403);
    await allow(`arn:aws:cloudfront::${cloud.account}:distribution/${id}`);
    expect(await visit('/')).toMatchObject({ status: 200, text: 'home' });
    expect((await visit('/missing.html')).status).toBe(404);
    expect((await visit('/', 'localhost')).text).toBe('home');
  });

  test('an edge keeps what it has until it is invalidated', async () => {
    await put('page.html', 'old');
    expect((await visit('/page.html')).text).toBe('old');
    await put('page.html', 'new');
    expect((await visit('/page.html')).text).toBe('old');
    const Paths = { Quantity: 1, Items: ['/page.html'] };
    const InvalidationBatch = { CallerReference: 'now', Paths };
    await cloudFront.send(new CreateInvalidationCommand({ DistributionId: id, InvalidationBatch }));
    await expect.poll(async () => (await visit('/page.html')).text).toBe('new');
  });

  test('the edge shows in the request log as the service, and a fault may spare it', async () => {
    const control = (method: string, path: string, body?: string) =>
      rawRequest({ port: Number(new URL(cloud.endpoint).port), method, path, ...(body === undefined ? {} : { body }) });
    await put('logged.html', 'x');
    await control(
      'PUT',
      '/_cdnpub/faults',
      JSON.stringify({ rules: [{ match: { caller: 'account' }, do: { status: 503 } }] }),
    );
    expect((await visit('/logged.html')).status).toBe(200);
    await control('DELETE', '/_cdnpub/faults');
    const { requests } = JSON.parse((await control('GET', '/_cdnpub/requests')).text) as { requests: object[] };
    expect(requests.at(-1)).toMatchObject({ service: 's3', op: 'GetObject', caller: 'service', key: 'logged.html' });
  });
});

test('addresses are names under localhost', () => {
  expect(cloud.endpoint).toMatch(/^http:\/\/localhost:\d+$/);
  expect(cloud.siteUrl).toMatch(/^http:\/\/localhost:\d+\/$/);
  expect(cloud.urlOf(domain)).toBe(`http://${domain}:${new URL(cloud.siteUrl).port}`);
  expect(domain).toMatch(/^d[a-z0-9]+\.localhost$/);
});
