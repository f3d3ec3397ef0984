import type { WireResponse } from '../wire.ts';
import { accessControlOperations } from './access-controls/origin-access-controls.ts';
import type { Call } from './call.ts';
import { distributionCreates } from './distributions/create-distribution.ts';
import { distributionReads } from './distributions/read-distributions.ts';
import { distributionChanges } from './distributions/update-distribution.ts';
import { functionReads } from './functions/read-functions.ts';
import { functionWrites } from './functions/write-functions.ts';
import { invalidationOperations } from './invalidations/invalidations.ts';
import { policyOperations } from './policies/policies.ts';
import type { Operation } from './routes.ts';
import { storeOperations } from './stores/key-value-stores.ts';
import { tagOperations } from './tags/tag-resource.ts';

const cachePolicies = policyOperations('CachePolicy');
const originRequestPolicies = policyOperations('OriginRequestPolicy');
const responseHeadersPolicies = policyOperations('ResponseHeadersPolicy');

/** What each operation does. */
export const handlers: Readonly<Record<Operation, (call: Call) => WireResponse | Promise<WireResponse>>> = {
  ...distributionCreates,
  ...distributionReads,
  ...distributionChanges,
  ...tagOperations,
  ...invalidationOperations,
  ...accessControlOperations,
  ...functionReads,
  ...functionWrites,
  ...storeOperations,
  CreateCachePolicy: cachePolicies.create,
  GetCachePolicy: cachePolicies.get,
  GetCachePolicyConfig: cachePolicies.getConfig,
  ListCachePolicies: cachePolicies.list,
  UpdateCachePolicy: cachePolicies.update,
  DeleteCachePolicy: cachePolicies.remove,
  CreateOriginRequestPolicy: originRequestPolicies.create,
  GetOriginRequestPolicy: originRequestPolicies.get,
  GetOriginRequestPolicyConfig: originRequestPolicies.getConfig,
  ListOriginRequestPolicies: originRequestPolicies.list,
  UpdateOriginRequestPolicy: originRequestPolicies.update,
  DeleteOriginRequestPolicy: originRequestPolicies.remove,
  CreateResponseHeadersPolicy: responseHeadersPolicies.create,
  GetResponseHeadersPolicy: responseHeadersPolicies.get,
  GetResponseHeadersPolicyConfig: responseHeadersPolicies.getConfig,
  ListResponseHeadersPolicies: responseHeadersPolicies.list,
  UpdateResponseHeadersPolicy: responseHeadersPolicies.update,
  DeleteResponseHeadersPolicy: responseHeadersPolicies.remove,
};
