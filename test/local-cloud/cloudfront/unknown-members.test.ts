import { GetDistributionConfigCommand, UpdateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseXml, type XmlTree, xmlDocument } from '../../../src/local-cloud/xml.ts';
import { account, known, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

const namespace = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** Sends XML as an unsigned client of the test account would after the front. */
async function send(method: string, path: string, root = '', tree: XmlTree = {}, headers: Record<string, string> = {}) {
  const answer = await at.cloud.handle({
    id: 'id',
    service: 'cloudfront',
    method,
    rawPath: `/2020-05-31/${path}`,
    query: new URLSearchParams(),
    host: 'localhost',
    headers,
    body: root === '' ? Buffer.alloc(0) : Buffer.from(xmlDocument(root, namespace, tree)),
    trailers: {},
    caller: { kind: 'account', account, accessKeyId: 'A', arn: 'arn' },
  });
  return { ...answer, tree: parseXml(answer.body ?? '').tree as XmlTree };
}

const config: XmlTree = {
  CallerReference: 'unknown members',
  Comment: '  two  spaces & <signs> ',
  Enabled: 'true',
  Origins: {
    Quantity: '1',
    Items: {
      Origin: {
        Id: 'bucket',
        DomainName: 'bucket.s3.eu-west-1.amazonaws.com',
        S3OriginConfig: { OriginAccessIdentity: '', OriginReadTimeout: '30' },
        OriginShield: { Enabled: 'true', OriginShieldRegion: 'eu-west-1' },
        OriginOfTomorrow: { Depth: '3' },
      },
    },
  },
  DefaultCacheBehavior: {
    TargetOriginId: 'bucket',
    ViewerProtocolPolicy: 'https-only',
    CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
    GrpcConfig: { Enabled: 'false' },
    RealtimeLogConfigArn: 'arn:aws:cloudfront::1:realtime-log-config/x',
  },
  Logging: { Enabled: 'true', IncludeCookies: 'false', Bucket: 'logs.s3.amazonaws.com', Prefix: 'p' },
  WebACLId: 'arn:aws:wafv2:us-east-1:1:global/webacl/x/y',
  CacheTagConfig: { HeaderName: 'x-amz-meta-cache-tag' },
  MemberOfTomorrow: { Quantity: '2', Items: { Thing: ['one', 'two'] } },
};

test('members that are not interpreted survive', async () => {
  const created = await send('POST', 'distribution', 'DistributionConfig', config);
  expect(created.status).toBe(201);
  const id = String(created.tree.Id);
  const read = await send('GET', `distribution/${id}/config`);
  const { Comment, Logging, WebACLId, CacheTagConfig, MemberOfTomorrow } = config;
  expect(read.tree).toMatchObject({ Comment, Logging, WebACLId, CacheTagConfig, MemberOfTomorrow });
  expect(read.tree).toMatchObject({
    Origins: {
      Items: { Origin: { OriginOfTomorrow: { Depth: '3' }, OriginShield: { OriginShieldRegion: 'eu-west-1' } } },
    },
    DefaultCacheBehavior: {
      GrpcConfig: { Enabled: 'false' },
      RealtimeLogConfigArn: expect.stringContaining('log-config/x'),
    },
  });

  const headers = { 'if-match': String(read.headers?.etag) };
  const updated = await send('PUT', `distribution/${id}/config`, 'DistributionConfig', read.tree, headers);
  expect(updated.status).toBe(200);
  expect((await send('GET', `distribution/${id}/config`)).tree).toEqual(read.tree);
});

test('a read-modify-write by the SDK keeps all that the SDK knows', async () => {
  const created = await send('POST', 'distribution', 'DistributionConfig', {
    ...config,
    CallerReference: 'by the SDK',
  });
  const Id = String(created.tree.Id);
  const { DistributionConfig, ETag } = await at.client.send(new GetDistributionConfigCommand({ Id }));
  await at.client.send(new UpdateDistributionCommand({ Id, IfMatch: known(ETag), DistributionConfig }));
  const after = await at.client.send(new GetDistributionConfigCommand({ Id }));
  expect(after.DistributionConfig).toEqual(DistributionConfig);
  expect(after.DistributionConfig?.CacheTagConfig).toEqual({ HeaderName: 'x-amz-meta-cache-tag' });
  expect(after.DistributionConfig?.Comment).toBe(config.Comment);
});
