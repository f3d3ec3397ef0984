import { CreateCachePolicyCommand, CreateResponseHeadersPolicyCommand } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSite, known, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

describe('cache policies', () => {
  test('managed', () => {
    expect(at.cloud.viewAt(0).cachePolicy('658327ea-f89d-4fab-a63d-7e88639e58f6')).toEqual({
      minTtlSeconds: 1,
      defaultTtlSeconds: 86400,
      maxTtlSeconds: 31536000,
      gzip: true,
      brotli: true,
      headers: [],
      cookies: 'none',
      queryStrings: 'none',
    });
    expect(at.cloud.viewAt(0).cachePolicy('unknown')).toBeUndefined();
  });

  test('custom', async () => {
    const names = (...Items: string[]) => ({ Quantity: Items.length, Items });
    const { CachePolicy } = await at.client.send(
      new CreateCachePolicyCommand({
        CachePolicyConfig: {
          Name: 'custom',
          MinTTL: 0,
          MaxTTL: 100000,
          ParametersInCacheKeyAndForwardedToOrigin: {
            EnableAcceptEncodingGzip: true,
            HeadersConfig: { HeaderBehavior: 'whitelist', Headers: names('Accept') },
            CookiesConfig: { CookieBehavior: 'allExcept', Cookies: names('a') },
            QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: names('v', 'w') },
          },
        },
      }),
    );
    expect(at.cloud.viewAt(0).cachePolicy(known(CachePolicy?.Id))).toEqual({
      minTtlSeconds: 0,
      defaultTtlSeconds: 86400,
      maxTtlSeconds: 100000,
      gzip: true,
      brotli: false,
      headers: ['Accept'],
      cookies: { allExcept: ['a'] },
      queryStrings: { whitelist: ['v', 'w'] },
    });
  });

  test('one is made of forwarded values', async () => {
    const { domain } = await createSite(at.client, {
      DefaultCacheBehavior: {
        TargetOriginId: 'bucket',
        ViewerProtocolPolicy: 'allow-all',
        MinTTL: 5,
        ForwardedValues: {
          QueryString: true,
          QueryStringCacheKeys: { Quantity: 1, Items: ['v'] },
          Cookies: { Forward: 'all' },
          Headers: { Quantity: 1, Items: ['Origin'] },
        },
      },
    });
    const id = at.cloud.viewAt(0).distributionByHost(domain)?.behaviors[0]?.cachePolicyId;
    expect(at.cloud.viewAt(0).cachePolicy(known(id))).toEqual({
      minTtlSeconds: 5,
      defaultTtlSeconds: 86400,
      maxTtlSeconds: 31536000,
      gzip: false,
      brotli: false,
      headers: ['Origin'],
      cookies: 'all',
      queryStrings: { whitelist: ['v'] },
    });
  });
});

test('response headers policies are header lines', async () => {
  const Override = true;
  const { ResponseHeadersPolicy } = await at.client.send(
    new CreateResponseHeadersPolicyCommand({
      ResponseHeadersPolicyConfig: {
        Name: 'lines',
        SecurityHeadersConfig: {
          StrictTransportSecurity: { Override, AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Preload: true },
          ContentSecurityPolicy: { Override: false, ContentSecurityPolicy: "default-src 'self'" },
          ContentTypeOptions: { Override },
          FrameOptions: { Override, FrameOption: 'DENY' },
          ReferrerPolicy: { Override, ReferrerPolicy: 'same-origin' },
          XSSProtection: { Override, Protection: true, ModeBlock: true },
        },
        CustomHeadersConfig: { Quantity: 1, Items: [{ Header: 'x-one', Value: '1', Override: false }] },
        RemoveHeadersConfig: { Quantity: 1, Items: [{ Header: 'x-amz-meta-cache-tag' }] },
      },
    }),
  );
  expect(at.cloud.viewAt(0).responseHeadersPolicy(known(ResponseHeadersPolicy?.Id))).toEqual({
    set: [
      { name: 'Strict-Transport-Security', value: 'max-age=60; includeSubDomains; preload', override: true },
      { name: 'Content-Security-Policy', value: "default-src 'self'", override: false },
      { name: 'X-Content-Type-Options', value: 'nosniff', override: true },
      { name: 'X-Frame-Options', value: 'DENY', override: true },
      { name: 'Referrer-Policy', value: 'same-origin', override: true },
      { name: 'X-XSS-Protection', value: '1; mode=block', override: true },
      { name: 'x-one', value: '1', override: false },
    ],
    remove: ['x-amz-meta-cache-tag'],
  });
  expect(at.cloud.viewAt(0).responseHeadersPolicy('unknown')).toBeUndefined();
});
