import type { DefaultCacheBehavior, DistributionConfig } from '@aws-sdk/client-cloudfront';
import { expect, test } from 'vitest';
import { findCaching } from '../../src/aws/cloudfront/find-caching.ts';
import type { Caching } from '../../src/model/snapshot.ts';

const place = { distributionId: 'E1', bucket: 'files', prefix: 'docs/' };
const regional = 'files.s3.eu-west-1.amazonaws.com';

interface Given {
  readonly domain?: string;
  readonly originPath?: string;
  readonly behavior?: Partial<DefaultCacheBehavior>;
  /** Behaviours of single paths. */
  readonly others?: readonly Partial<DefaultCacheBehavior>[];
  readonly more?: Partial<DistributionConfig>;
}

function config({ domain = regional, originPath = '', behavior = {}, others = [], more = {} }: Given) {
  const plain = { TargetOriginId: 's3', ViewerProtocolPolicy: 'allow-all', CachePolicyId: 'plain' } as const;
  const origins = [
    { Id: 's3', DomainName: domain, OriginPath: originPath },
    { Id: 'api', DomainName: 'api.example.com', OriginPath: '' },
  ];
  const behaviors = others.map((other) => ({ ...plain, PathPattern: '/x/*', ...other }));
  return {
    ...{ CallerReference: 'r', Comment: '', Enabled: true },
    Origins: { Quantity: origins.length, Items: origins },
    DefaultCacheBehavior: { ...plain, ...behavior },
    CacheBehaviors: { Quantity: behaviors.length, Items: behaviors },
    ...more,
  } satisfies DistributionConfig;
}

const functionAt = (EventType: 'viewer-request' | 'viewer-response') => ({
  FunctionAssociations: { Quantity: 1, Items: [{ EventType, FunctionARN: 'arn:f' }] },
});
const lambda = {
  LambdaFunctionAssociations: {
    Quantity: 1,
    Items: [{ EventType: 'origin-request', LambdaFunctionARN: 'arn:l' } as const],
  },
};
const oldStyle = (QueryString: boolean): Partial<DefaultCacheBehavior> => ({
  ...{ CachePolicyId: undefined, ForwardedValues: { QueryString, Cookies: { Forward: 'none' } } },
});
const group = {
  OriginGroups: {
    Quantity: 1,
    Items: [
      {
        Id: 'both',
        FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [500] } },
        Members: { Quantity: 2, Items: [{ OriginId: 's3' }, { OriginId: 'api' }] },
      },
    ],
  },
};
const byPath = (folder: string): Caching => ({ kind: 'by path', folder });
const unknown = (why: string): Caching => ({ kind: 'unknown', why: expect.stringContaining(why) });

test.each<[string, Given, Caching]>([
  ['a bucket', {}, byPath('docs/')],
  ['its folder', { originPath: '/docs' }, byPath('')],
  ['another folder', { originPath: '/doc' }, unknown('origin path')],
  ['a website', { domain: 'files.s3-website-eu-west-1.amazonaws.com' }, byPath('docs/')],
  ['another bucket', { domain: `other-${regional}` }, unknown('does not read the bucket files')],
  ['a bucket whose name begins alike', { domain: `files.${regional}` }, unknown('does not read')],
  ['a bucket of some paths alone', { behavior: { TargetOriginId: 'api' }, others: [{}] }, byPath('docs/')],
  ['an origin group', { behavior: { TargetOriginId: 'both' }, more: group }, byPath('docs/')],
  ['a function at requests', { behavior: functionAt('viewer-request') }, unknown('a function')],
  ['a function at answers', { behavior: functionAt('viewer-response') }, byPath('docs/')],
  ['Lambda@Edge before the origin', { others: [lambda] }, unknown('a function')],
  ['a function of an API', { others: [{ TargetOriginId: 'api', ...functionAt('viewer-request') }] }, byPath('docs/')],
  ['a policy with query strings', { others: [{ CachePolicyId: 'query' }] }, unknown('query strings')],
  ['query strings forwarded as of old', { behavior: oldStyle(true) }, unknown('query strings')],
  ['none forwarded as of old', { behavior: oldStyle(false) }, byPath('docs/')],
])('%s', (_, given, expected) => {
  expect(findCaching(config(given) as DistributionConfig, place, new Set(['query']))).toEqual(expected);
});
