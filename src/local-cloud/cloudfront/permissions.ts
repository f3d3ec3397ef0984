import { bodyOf, type Call } from './call.ts';
import type { Operation } from './routes.ts';
import { textAt } from './tree.ts';

/** What an operation needs, and on what: `:Name` is a part of its path, `<Root>` the Name in its body, `*` no resource in particular. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
}

const on =
  (resource: string) =>
  (operation: string): readonly Permission[] => [{ action: `cloudfront:${operation}`, resource }];

const anything = on('*');
const distribution = on('distribution/:Id');
const invalidation = on('distribution/:DistributionId');
const accessControl = on('origin-access-control/:Id');
const cachePolicy = on('cache-policy/:Id');
const originRequestPolicy = on('origin-request-policy/:Id');
const headersPolicy = on('response-headers-policy/:Id');
const edgeFunction = on('function/:Name');
const store = on('key-value-store/:Name');

const rows: Readonly<Record<Operation, (operation: string) => readonly Permission[]>> = {
  // "CreateDistributionWithTags: cloudfront:CreateDistribution, cloudfront:TagResource" [dev guide, API permissions].
  CreateDistributionWithTags: () => [
    { action: 'cloudfront:CreateDistribution', resource: 'distribution/*' },
    { action: 'cloudfront:TagResource', resource: 'distribution/*' },
  ],
  CreateDistribution: on('distribution/*'),
  ListDistributions: anything,
  GetDistribution: distribution,
  GetDistributionConfig: distribution,
  UpdateDistribution: distribution,
  DeleteDistribution: distribution,
  CreateInvalidation: invalidation,
  ListInvalidations: invalidation,
  GetInvalidation: invalidation,
  ListTagsForResource: on('?Resource'),
  TagResource: on('?Resource'),
  UntagResource: on('?Resource'),
  CreateOriginAccessControl: on('origin-access-control/*'),
  ListOriginAccessControls: anything,
  GetOriginAccessControl: accessControl,
  GetOriginAccessControlConfig: accessControl,
  UpdateOriginAccessControl: accessControl,
  DeleteOriginAccessControl: accessControl,
  CreateCachePolicy: on('cache-policy/*'),
  ListCachePolicies: anything,
  GetCachePolicy: cachePolicy,
  GetCachePolicyConfig: cachePolicy,
  UpdateCachePolicy: cachePolicy,
  DeleteCachePolicy: cachePolicy,
  CreateOriginRequestPolicy: on('origin-request-policy/*'),
  ListOriginRequestPolicies: anything,
  GetOriginRequestPolicy: originRequestPolicy,
  GetOriginRequestPolicyConfig: originRequestPolicy,
  UpdateOriginRequestPolicy: originRequestPolicy,
  DeleteOriginRequestPolicy: originRequestPolicy,
  CreateResponseHeadersPolicy: on('response-headers-policy/*'),
  ListResponseHeadersPolicies: anything,
  GetResponseHeadersPolicy: headersPolicy,
  GetResponseHeadersPolicyConfig: headersPolicy,
  UpdateResponseHeadersPolicy: headersPolicy,
  DeleteResponseHeadersPolicy: headersPolicy,
  CreateFunction: on('function/<CreateFunctionRequest>'),
  ListFunctions: anything,
  GetFunction: edgeFunction,
  DescribeFunction: edgeFunction,
  UpdateFunction: edgeFunction,
  PublishFunction: edgeFunction,
  TestFunction: edgeFunction,
  DeleteFunction: edgeFunction,
  CreateKeyValueStore: on('key-value-store/*'),
  ListKeyValueStores: anything,
  DescribeKeyValueStore: store,
  UpdateKeyValueStore: store,
  DeleteKeyValueStore: store,
};

/**
 * The permissions of each operation ("Actions, resources, and condition keys for Amazon CloudFront" in the service
 * authorization reference).
 */
export const permissionsOf = (operation: Operation): readonly Permission[] => rows[operation](operation);

/** The ARN that a permission is judged on: a store's own, whose name is not in it, where there is one of that name. */
export function resourceOf(call: Call, { resource }: Permission): string {
  const { account, params, request, cloud } = call;
  if (resource === '*') return resource;
  if (resource === '?Resource') return request.query.get('Resource') ?? '*';
  const stores = [...cloud.state.stores.values()];
  const known = stores.find((found) => found.account === account && found.name === params.Name);
  if (resource.startsWith('key-value-store/:') && known !== undefined) return known.arn;
  const path = resource
    .replace(/<(\w+)>/, (_, root: string) => textAt(bodyOf(call, root), 'Name'))
    .replace(/:(\w+)/, (_, name: string) => params[name] ?? '');
  return `arn:aws:cloudfront::${account}:${path}`;
}
