import {
  type DistributionConfig,
  GetDistributionConfigCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createControl, createFunction, functionArn, listOf } from './rule-table.ts';
import {
  account,
  behavior,
  createSite,
  customOrigin,
  known,
  s3Origin,
  startTestCloud,
  type TestCloud,
} from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

async function change(Id: string, changes: Partial<DistributionConfig>) {
  const { DistributionConfig, ETag } = await at.client.send(new GetDistributionConfigCommand({ Id }));
  const changed = { ...DistributionConfig, ...changes } as DistributionConfig;
  await at.client.send(new UpdateDistributionCommand({ Id, IfMatch: known(ETag), DistributionConfig: changed }));
}

const aliases = (...Items: string[]) => ({
  Aliases: { Quantity: Items.length, Items },
  ViewerCertificate: {
    ACMCertificateArn: `arn:aws:acm:us-east-1:${account}:certificate/abc`,
    SSLSupportMethod: 'sni-only' as const,
    MinimumProtocolVersion: 'TLSv1.2_2021' as const,
  },
});

describe('distributions by host', () => {
  test('their own domain, in any case', async () => {
    const { id, domain } = await createSite(at.client);
    expect(at.cloud.viewAt(0).distributionByHost(domain)?.id).toBe(id);
    expect(at.cloud.viewAt(0).distributionByHost(domain.toUpperCase())?.id).toBe(id);
    expect(at.cloud.viewAt(0).distributionByHost('unknown.localhost')).toBeUndefined();
  });

  test('an alias, an exact one before a wildcard, a longer wildcard before a shorter', async () => {
    const wide = await createSite(at.client, aliases('*.example.com'));
    const narrow = await createSite(at.client, aliases('*.b.example.com'));
    const exact = await createSite(at.client, aliases('a.b.example.com'));
    const found = (host: string) => at.cloud.viewAt(0).distributionByHost(host)?.id;
    expect(found('x.example.com')).toBe(wide.id);
    expect(found('x.b.example.com')).toBe(narrow.id);
    expect(found('a.b.example.com')).toBe(exact.id);
    expect(found('example.com')).toBeUndefined();
  });

  test('not while it is disabled, and the latest is the last one touched', async () => {
    const first = await createSite(at.client);
    const second = await createSite(at.client);
    expect(at.cloud.viewAt(0).latestDistribution()?.id).toBe(second.id);
    await change(first.id, { Comment: 'touched' });
    expect(at.cloud.viewAt(0).latestDistribution()?.id).toBe(first.id);
    await createSite(at.foreign);
    expect(at.cloud.viewAt(0).latestDistribution()?.id).toBe(first.id);
    await change(first.id, { Enabled: false });
    expect(at.cloud.viewAt(0).distributionByHost(first.domain)).toBeUndefined();
    expect(at.cloud.viewAt(0).latestDistribution()?.id).toBe(second.id);
  });
});

test('a distribution as the edge reads it', async () => {
  const OriginAccessControlId = await createControl(at.client, 's3');
  await createFunction(at.client, 'request', 'LIVE');
  await createFunction(at.client, 'response', 'LIVE');
  const CustomHeaders = listOf({ HeaderName: 'x-secret', HeaderValue: 's' });
  const { id, domain } = await createSite(at.client, {
    Origins: listOf(s3Origin({ OriginAccessControlId, OriginPath: '/live' }), customOrigin({ CustomHeaders })),
    CacheBehaviors: listOf({
      PathPattern: '/api/*',
      ...behavior({ TargetOriginId: 'api' }),
    }),
    DefaultCacheBehavior: behavior({
      Compress: true,
      OriginRequestPolicyId: '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
      FunctionAssociations: {
        Quantity: 2,
        Items: [
          { EventType: 'viewer-request', FunctionARN: functionArn('request') },
          { EventType: 'viewer-response', FunctionARN: functionArn('response') },
        ],
      },
    }),
    CustomErrorResponses: {
      Quantity: 2,
      Items: [
        { ErrorCode: 404, ResponsePagePath: '/404.html', ResponseCode: '404', ErrorCachingMinTTL: 0 },
        { ErrorCode: 503 },
      ],
    },
  });
  const cachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6';
  const methods = { allowedMethods: ['HEAD', 'GET'], cachedMethods: ['HEAD', 'GET'] };
  expect(at.cloud.viewAt(0).distributionByHost(domain)).toEqual({
    id,
    arn: `arn:aws:cloudfront::${account}:distribution/${id}`,
    domain,
    aliases: [],
    defaultRootObject: 'index.html',
    origins: [
      {
        id: 'bucket',
        domainName: 'bucket.s3.eu-west-1.amazonaws.com',
        originPath: '/live',
        customHeaders: {},
        kind: 's3',
        signed: true,
      },
      {
        id: 'api',
        domainName: 'api.example.com',
        originPath: '',
        customHeaders: { 'x-secret': 's' },
        kind: 'custom',
        signed: false,
        custom: { httpPort: 80, httpsPort: 443, protocolPolicy: 'https-only', readTimeoutSeconds: 30 },
      },
    ],
    behaviors: [
      {
        pathPattern: '/api/*',
        targetOriginId: 'api',
        viewerProtocolPolicy: 'redirect-to-https',
        compress: false,
        cachePolicyId,
        ...methods,
      },
      {
        pathPattern: '*',
        targetOriginId: 'bucket',
        viewerProtocolPolicy: 'redirect-to-https',
        compress: true,
        cachePolicyId,
        originRequestPolicyId: '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
        viewerRequestFunctionArn: functionArn('request'),
        viewerResponseFunctionArn: functionArn('response'),
        ...methods,
      },
    ],
    errorResponses: [
      { errorCode: 404, errorCachingMinTtlSeconds: 0, responsePagePath: '/404.html', responseCode: 404 },
      { errorCode: 503, errorCachingMinTtlSeconds: 10 },
    ],
  });
});
