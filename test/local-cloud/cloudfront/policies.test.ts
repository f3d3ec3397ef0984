import {
  type CachePolicyConfig,
  CreateCachePolicyCommand,
  CreateDistributionCommand,
  CreateOriginRequestPolicyCommand,
  CreateResponseHeadersPolicyCommand,
  DeleteCachePolicyCommand,
  DeleteResponseHeadersPolicyCommand,
  GetCachePolicyCommand,
  GetCachePolicyConfigCommand,
  GetDistributionCommand,
  GetOriginRequestPolicyCommand,
  GetResponseHeadersPolicyCommand,
  ListCachePoliciesCommand,
  ListOriginRequestPoliciesCommand,
  ListResponseHeadersPoliciesCommand,
  type ResponseHeadersPolicyConfig,
  UpdateCachePolicyCommand,
  UpdateResponseHeadersPolicyCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { behavior, known, refusal, siteConfig, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';

async function createCache(config: Partial<CachePolicyConfig>) {
  const CachePolicyConfig = { Name: 'name', MinTTL: 0, ...config };
  const { CachePolicy, ETag } = await at.client.send(new CreateCachePolicyCommand({ CachePolicyConfig }));
  return { Id: known(CachePolicy?.Id), etag: known(ETag), config: CachePolicy?.CachePolicyConfig };
}

async function createHeaders(config: Partial<ResponseHeadersPolicyConfig>) {
  const ResponseHeadersPolicyConfig = { Name: 'name', ...config };
  const { ResponseHeadersPolicy, ETag } = await at.client.send(
    new CreateResponseHeadersPolicyCommand({ ResponseHeadersPolicyConfig }),
  );
  return { Id: known(ResponseHeadersPolicy?.Id), etag: known(ETag) };
}

describe('cache policies', () => {
  const parameters = {
    EnableAcceptEncodingGzip: true,
    EnableAcceptEncodingBrotli: true,
    HeadersConfig: { HeaderBehavior: 'none' as const },
    CookiesConfig: { CookieBehavior: 'none' as const },
    QueryStringsConfig: { QueryStringBehavior: 'whitelist' as const, QueryStrings: { Quantity: 1, Items: ['v'] } },
  };

  test('are read as they were written', async () => {
    const config = {
      Name: 'exact',
      Comment: 'c',
      MinTTL: 0,
      DefaultTTL: 86400,
      MaxTTL: 31536000,
      ParametersInCacheKeyAndForwardedToOrigin: parameters,
    };
    const { Id, etag } = await createCache(config);
    const read = await at.client.send(new GetCachePolicyCommand({ Id }));
    expect(read.CachePolicy).toMatchObject({ Id, CachePolicyConfig: config });
    expect(read.ETag).toBe(etag);
    const alone = await at.client.send(new GetCachePolicyConfigCommand({ Id }));
    expect(alone.CachePolicyConfig).toEqual(config);
  });

  test.each([
    ['left out', { MinTTL: 0 }, 86400, 31536000],
    ['less than the least', { MinTTL: 100000 }, 100000, 31536000],
    ['less than the default', { MinTTL: 0, DefaultTTL: 40000000 }, 40000000, 40000000],
  ])('TTLs that are %s have their default', async (name, ttls, DefaultTTL, MaxTTL) => {
    expect((await createCache({ Name: `ttl ${name}`, ...ttls })).config).toMatchObject({ DefaultTTL, MaxTTL });
  });

  test.each([
    ['a name that is taken', { Name: 'taken' }, 'CachePolicyAlreadyExists 409'],
    ['no name', { Name: '' }, 'InvalidArgument 400'],
    ['no MinTTL', { Name: 'a', MinTTL: undefined as unknown as number }, 'MalformedXML 400'],
    ['TTLs out of order', { Name: 'b', MinTTL: 5, DefaultTTL: 1 }, 'InvalidArgument 400'],
    ['a comment of 129 characters', { Name: 'c', Comment: 'c'.repeat(129) }, 'InvalidArgument 400'],
    [
      'a quantity that is wrong',
      {
        Name: 'd',
        ParametersInCacheKeyAndForwardedToOrigin: {
          ...parameters,
          HeadersConfig: { HeaderBehavior: 'whitelist' as const, Headers: { Quantity: 2, Items: ['a'] } },
        },
      },
      'InconsistentQuantities 400',
    ],
  ])('%s is refused', async (_, config, code) => {
    await refusal(createCache({ Name: 'taken' }));
    expect(await refusal(createCache(config))).toBe(code);
  });

  test('cannot be deleted while a behavior uses them', async () => {
    const { Id, etag } = await createCache({ Name: 'used' });
    const remove = () => at.client.send(new DeleteCachePolicyCommand({ Id, IfMatch: etag }));
    const DefaultCacheBehavior = behavior({ CachePolicyId: Id });
    await at.client.send(new CreateDistributionCommand({ DistributionConfig: siteConfig({ DefaultCacheBehavior }) }));
    expect(await refusal(remove())).toBe('CachePolicyInUse 409');
  });

  test('are gone when deleted', async () => {
    const { Id, etag } = await createCache({ Name: 'to be deleted' });
    await at.client.send(new DeleteCachePolicyCommand({ Id, IfMatch: etag }));
    expect(await refusal(at.client.send(new GetCachePolicyCommand({ Id })))).toBe('NoSuchCachePolicy 404');
  });

  test('managed ones cannot be changed or deleted', async () => {
    const read = await at.client.send(new GetCachePolicyCommand({ Id: cachingOptimized }));
    expect(read.CachePolicy?.CachePolicyConfig).toMatchObject({ MinTTL: 1, DefaultTTL: 86400, MaxTTL: 31536000 });
    const IfMatch = known(read.ETag);
    const update = new UpdateCachePolicyCommand({
      Id: cachingOptimized,
      IfMatch,
      CachePolicyConfig: { Name: 'mine', MinTTL: 0 },
    });
    expect(await refusal(at.client.send(update))).toBe('IllegalUpdate 400');
    const remove = new DeleteCachePolicyCommand({ Id: cachingOptimized, IfMatch });
    expect(await refusal(at.client.send(remove))).toBe('IllegalDelete 400');
  });
});

describe('response headers policies', () => {
  const header = (Header: string) => ({ Header, Value: 'v', Override: true });
  const headers = (...Items: ReturnType<typeof header>[]) => ({
    CustomHeadersConfig: { Quantity: Items.length, Items },
  });
  const many = (count: number) => headers(...Array.from({ length: count }, (_, index) => header(`x-${index}`)));

  test.each([
    ['10 custom headers', many(10), 'accepted'],
    ['11 custom headers', many(11), 'TooManyCustomHeadersInResponseHeadersPolicy 400'],
    ['a header that is no token', headers(header('x y')), 'InvalidArgument 400'],
    ['a security header among the custom ones', headers(header('Content-Security-Policy')), 'InvalidArgument 400'],
    ['a CORS header among the custom ones', headers(header('Access-Control-Allow-Origin')), 'InvalidArgument 400'],
    ['a header twice', headers(header('x-a'), header('X-A')), 'InvalidArgument 400'],
  ])('%s', async (Name, config, code) => {
    expect(await refusal(createHeaders({ Name, ...config }))).toBe(code);
  });

  test('a change deploys the distributions that use it again, under new ETags', async () => {
    const { Id, etag } = await createHeaders({ Name: 'changing' });
    const DefaultCacheBehavior = behavior({ ResponseHeadersPolicyId: Id });
    const created = await at.client.send(
      new CreateDistributionCommand({ DistributionConfig: siteConfig({ DefaultCacheBehavior }) }),
    );
    at.advance(1000);
    const ResponseHeadersPolicyConfig = { Name: 'changing', ...many(1) };
    await at.client.send(new UpdateResponseHeadersPolicyCommand({ Id, IfMatch: etag, ResponseHeadersPolicyConfig }));
    const after = await at.client.send(new GetDistributionCommand({ Id: known(created.Distribution?.Id) }));
    expect(after.Distribution?.Status).toBe('InProgress');
    expect(after.ETag).not.toBe(created.ETag);
    const remove = new DeleteResponseHeadersPolicyCommand({ Id, IfMatch: etag });
    expect(await refusal(at.client.send(remove))).toBe('PreconditionFailed 412');
  });
});

describe('lists', () => {
  test.each(['managed', 'custom'] as const)('of %s ones alone', async (Type) => {
    await refusal(createCache({ Name: 'listed' }));
    await refusal(createHeaders({ Name: 'listed' }));
    const caches = (await at.client.send(new ListCachePoliciesCommand({ Type }))).CachePolicyList?.Items ?? [];
    const { ResponseHeadersPolicyList } = await at.client.send(new ListResponseHeadersPoliciesCommand({ Type }));
    for (const items of [caches, ResponseHeadersPolicyList?.Items ?? []]) {
      expect(items.length).toBeGreaterThan(0);
      expect(new Set(items.map((item) => item.Type))).toEqual(new Set([Type]));
    }
    const optimized = caches.some((item) => item.CachePolicy?.Id === cachingOptimized);
    expect(optimized).toBe(Type === 'managed');
  });

  test('an unknown type is refused', async () => {
    const list = at.client.send(new ListCachePoliciesCommand({ Type: 'other' as 'custom' }));
    expect(await refusal(list)).toBe('InvalidArgument 400');
  });

  test('origin request policies: managed ones by their ids, own ones beside them', async () => {
    const config = {
      Name: 'own',
      Comment: '',
      HeadersConfig: { HeaderBehavior: 'none' as const },
      CookiesConfig: { CookieBehavior: 'none' as const },
      QueryStringsConfig: { QueryStringBehavior: 'none' as const },
    };
    const made = await at.client.send(new CreateOriginRequestPolicyCommand({ OriginRequestPolicyConfig: config }));
    const Id = known(made.OriginRequestPolicy?.Id);
    const read = await at.client.send(new GetOriginRequestPolicyCommand({ Id }));
    expect(read.OriginRequestPolicy?.OriginRequestPolicyConfig).toEqual(config);
    const { OriginRequestPolicyList } = await at.client.send(new ListOriginRequestPoliciesCommand({}));
    const ids = OriginRequestPolicyList?.Items?.map((item) => item.OriginRequestPolicy?.Id);
    expect(ids).toEqual(expect.arrayContaining([Id, 'b689b0a8-53d0-40ab-baf2-68738e2966ac']));
  });
});

test('20 custom ones of a kind and no more', async () => {
  const fresh = await startTestCloud();
  try {
    const create = (index: number) =>
      fresh.client.send(new CreateCachePolicyCommand({ CachePolicyConfig: { Name: `p${index}`, MinTTL: 0 } }));
    for (let index = 0; index < 20; index += 1) await create(index);
    expect(await refusal(create(20))).toBe('TooManyCachePolicies 400');
    const other = new CreateResponseHeadersPolicyCommand({ ResponseHeadersPolicyConfig: { Name: 'p' } });
    expect(await refusal(fresh.client.send(other))).toBe('accepted');
  } finally {
    await fresh.close();
  }
});

test('security headers of the managed policy', async () => {
  const Id = '67f7725c-6f97-4210-82d7-5512b31e9d03';
  const { ResponseHeadersPolicy } = await at.client.send(new GetResponseHeadersPolicyCommand({ Id }));
  expect(ResponseHeadersPolicy?.ResponseHeadersPolicyConfig?.SecurityHeadersConfig).toMatchObject({
    FrameOptions: { Override: false, FrameOption: 'SAMEORIGIN' },
    ContentTypeOptions: { Override: true },
    StrictTransportSecurity: { Override: false, AccessControlMaxAgeSec: 31536000 },
  });
});
