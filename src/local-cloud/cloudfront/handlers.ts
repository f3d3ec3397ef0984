import type { WireResponse } from '../wire.ts';
import {
  createOriginAccessControl,
  deleteOriginAccessControl,
  getOriginAccessControl,
  getOriginAccessControlConfig,
  listOriginAccessControls,
  updateOriginAccessControl,
} from './access-controls/origin-access-controls.ts';
import type { Call } from './call.ts';
import { createDistribution, createDistributionWithTags } from './distributions/create-distribution.ts';
import { getDistribution, getDistributionConfig, listDistributions } from './distributions/read-distributions.ts';
import { deleteDistribution, updateDistribution } from './distributions/update-distribution.ts';
import { describeFunction, getFunction, listFunctions, testFunction } from './functions/read-functions.ts';
import { createFunction, deleteFunction, publishFunction, updateFunction } from './functions/write-functions.ts';
import { createInvalidation, getInvalidation, listInvalidations } from './invalidations/invalidations.ts';
import { policyOperations } from './policies/policies.ts';
import type { Operation } from './routes.ts';
import {
  createKeyValueStore,
  deleteKeyValueStore,
  describeKeyValueStore,
  listKeyValueStores,
  updateKeyValueStore,
} from './stores/key-value-stores.ts';
import { listTagsForResource, tagResource, untagResource } from './tags/tag-resource.ts';

const cachePolicies = policyOperations('CachePolicy');
const originRequestPolicies = policyOperations('OriginRequestPolicy');
const responseHeadersPolicies = policyOperations('ResponseHeadersPolicy');

/** What each operation does. */
export const handlers: Readonly<Record<Operation, (call: Call) => WireResponse>> = {
  CreateDistribution: createDistribution,
  CreateDistributionWithTags: createDistributionWithTags,
  GetDistribution: getDistribution,
  GetDistributionConfig: getDistributionConfig,
  ListDistributions: listDistributions,
  UpdateDistribution: updateDistribution,
  DeleteDistribution: deleteDistribution,
  CreateInvalidation: createInvalidation,
  GetInvalidation: getInvalidation,
  ListInvalidations: listInvalidations,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
  CreateOriginAccessControl: createOriginAccessControl,
  GetOriginAccessControl: getOriginAccessControl,
  GetOriginAccessControlConfig: getOriginAccessControlConfig,
  ListOriginAccessControls: listOriginAccessControls,
  UpdateOriginAccessControl: updateOriginAccessControl,
  DeleteOriginAccessControl: deleteOriginAccessControl,
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
  CreateFunction: createFunction,
  DescribeFunction: describeFunction,
  GetFunction: getFunction,
  ListFunctions: listFunctions,
  UpdateFunction: updateFunction,
  PublishFunction: publishFunction,
  TestFunction: testFunction,
  DeleteFunction: deleteFunction,
  CreateKeyValueStore: createKeyValueStore,
  DescribeKeyValueStore: describeKeyValueStore,
  ListKeyValueStores: listKeyValueStores,
  UpdateKeyValueStore: updateKeyValueStore,
  DeleteKeyValueStore: deleteKeyValueStore,
};
