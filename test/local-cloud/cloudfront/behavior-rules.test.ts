import { CreateCachePolicyCommand } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll } from 'vitest';
import { type Changes, checkRules, createFunction, defaultBehavior, functionArn, listOf } from './rule-table.ts';
import { behavior, known, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
let foreignPolicy: string;

beforeAll(async () => {
  at = await startTestCloud();
  const CachePolicyConfig = { Name: 'theirs', MinTTL: 0 };
  foreignPolicy = known((await at.foreign.send(new CreateCachePolicyCommand({ CachePolicyConfig }))).CachePolicy?.Id);
  await createFunction(at.client, 'draft', 'DEVELOPMENT');
  await createFunction(at.client, 'live', 'LIVE');
});
afterAll(() => at.close());

const behaviorAt = (PathPattern: string, changes: object = {}) => ({ PathPattern, ...behavior(), ...changes });
const ordered = (...items: unknown[]): Changes => ({ CacheBehaviors: listOf(...items) });
const many = (count: number): Changes =>
  ordered(...Array.from({ length: count }, (_, index) => behaviorAt(`/${index}`)));
const methods = (...names: string[]): Changes => defaultBehavior({ AllowedMethods: listOf(...names) });
const forwarded = { QueryString: false, Cookies: { Forward: 'none' } };
const legacy = (changes: object): Changes =>
  defaultBehavior({ CachePolicyId: undefined, ForwardedValues: forwarded, ...changes });
const runs = (EventType: string, name: string) => ({ EventType, FunctionARN: functionArn(name) });
const functions = (...items: unknown[]): Changes => defaultBehavior({ FunctionAssociations: listOf(...items) });
const lambda = { EventType: 'viewer-response', LambdaFunctionARN: 'arn:aws:lambda:us-east-1:1:function:f:1' };

const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const securityHeaders = '67f7725c-6f97-4210-82d7-5512b31e9d03';

checkRules(() => at, {
  targets: [
    ['default, of an unknown origin', () => defaultBehavior({ TargetOriginId: 'other' }), 'NoSuchOrigin 404'],
    ['ordered, of an unknown origin', () => ordered(behaviorAt('/a', { TargetOriginId: 'other' })), 'NoSuchOrigin 404'],
  ],
  'ordered behaviors': [
    ['75', () => many(75), 'accepted'],
    ['76', () => many(76), 'TooManyCacheBehaviors 400'],
    ['two of one pattern', () => ordered(behaviorAt('/a'), behaviorAt('/a')), 'InvalidArgument 400'],
    ['pattern of 256 characters', () => ordered(behaviorAt('a'.repeat(256))), 'InvalidArgument 400'],
  ],
  methods: [
    ['all', () => methods('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'DELETE'), 'accepted'],
    ['GET alone', () => methods('GET'), 'InvalidArgument 400'],
    ['one of no such name', () => methods('GET', 'BREW'), 'MalformedXML 400'],
    [
      'OPTIONS cached but not allowed',
      () =>
        defaultBehavior({
          AllowedMethods: { ...listOf('GET', 'HEAD'), CachedMethods: listOf('GET', 'HEAD', 'OPTIONS') },
        }),
      'InvalidArgument 400',
    ],
  ],
  policies: [
    ['unknown cache policy', () => defaultBehavior({ CachePolicyId: 'nothing' }), 'NoSuchCachePolicy 404'],
    [
      "another account's cache policy",
      () => defaultBehavior({ CachePolicyId: foreignPolicy }),
      'NoSuchCachePolicy 404',
    ],
    [
      'a cache policy for an origin request policy',
      () => defaultBehavior({ OriginRequestPolicyId: cachingOptimized }),
      'NoSuchOriginRequestPolicy 404',
    ],
    [
      'unknown response headers policy',
      () => defaultBehavior({ ResponseHeadersPolicyId: 'nothing' }),
      'NoSuchResponseHeadersPolicy 404',
    ],
    [
      'managed ones of each kind',
      () => defaultBehavior({ OriginRequestPolicyId: allViewerExceptHost, ResponseHeadersPolicyId: securityHeaders }),
      'accepted',
    ],
    [
      'an origin request policy alone',
      () => legacy({ MinTTL: 0, OriginRequestPolicyId: allViewerExceptHost }),
      'InvalidArgument 400',
    ],
  ],
  'forwarded values': [
    ['neither they nor a policy', () => defaultBehavior({ CachePolicyId: undefined }), 'InvalidArgument 400'],
    ['beside a policy', () => defaultBehavior({ ForwardedValues: forwarded }), 'InvalidArgument 400'],
    ['a TTL beside a policy', () => defaultBehavior({ MinTTL: 0 }), 'InvalidArgument 400'],
    ['without MinTTL', () => legacy({}), 'InvalidArgument 400'],
    ['with MinTTL', () => legacy({ MinTTL: 0 }), 'accepted'],
    ['TTLs out of order', () => legacy({ MinTTL: 9, MaxTTL: 1 }), 'InvalidTTLOrder 400'],
  ],
  functions: [
    ['live', () => functions(runs('viewer-request', 'live')), 'accepted'],
    [
      'at both viewer events',
      () => functions(runs('viewer-request', 'live'), runs('viewer-response', 'live')),
      'accepted',
    ],
    ['never published', () => functions(runs('viewer-request', 'draft')), 'InvalidFunctionAssociation 400'],
    ['unknown', () => functions(runs('viewer-request', 'other')), 'InvalidFunctionAssociation 400'],
    ['at an origin event', () => functions(runs('origin-request', 'live')), 'InvalidFunctionAssociation 400'],
    [
      'twice at one event',
      () => functions(runs('viewer-request', 'live'), runs('viewer-request', 'live')),
      'InvalidFunctionAssociation 400',
    ],
    [
      'beside Lambda@Edge at a viewer event',
      () =>
        defaultBehavior({
          FunctionAssociations: listOf(runs('viewer-request', 'live')),
          LambdaFunctionAssociations: listOf(lambda),
        }),
      'InvalidFunctionAssociation 400',
    ],
  ],
});
