import {
  ListCachePoliciesCommand,
  ListDistributionsCommand,
  ListFunctionsCommand,
  ListKeyValueStoresCommand,
  ListOriginAccessControlsCommand,
  ListResponseHeadersPoliciesCommand,
} from '@aws-sdk/client-cloudfront';
import { cloudFrontClient } from './s3-client.ts';
import type { TestCloud } from './start-cloud.ts';

/** How many there are in a cloud of all that a first deploy makes for its site or its account at CloudFront. */
export async function countResources(cloud: TestCloud) {
  const client = cloudFrontClient(cloud);
  const [distributions, functions, stores, oacs, cache, headers] = await Promise.all([
    client.send(new ListDistributionsCommand({})),
    client.send(new ListFunctionsCommand({ Stage: 'LIVE' })),
    client.send(new ListKeyValueStoresCommand({})),
    client.send(new ListOriginAccessControlsCommand({})),
    client.send(new ListCachePoliciesCommand({ Type: 'custom' })),
    client.send(new ListResponseHeadersPoliciesCommand({ Type: 'custom' })),
  ]);
  const count = (list: { readonly Items?: readonly unknown[] | undefined } | undefined) => list?.Items?.length ?? 0;
  return {
    distributions: count(distributions.DistributionList),
    functions: count(functions.FunctionList),
    stores: count(stores.KeyValueStoreList),
    oacs: count(oacs.OriginAccessControlList),
    cachePolicies: count(cache.CachePolicyList),
    headersPolicies: count(headers.ResponseHeadersPolicyList),
  };
}

export const oneOfEach = { distributions: 1, functions: 1, stores: 1, oacs: 1, cachePolicies: 1, headersPolicies: 1 };
