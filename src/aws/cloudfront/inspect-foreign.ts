import { type DistributionConfig, GetCachePolicyCommand } from '@aws-sdk/client-cloudfront';
import type { ForeignPlace } from '../../model/ports.ts';
import type { CdnSnapshot } from '../../model/snapshot.ts';
import { type CloudFrontContext, callCloudFront } from './cloudfront-context.ts';
import { behaviorsOf, findCaching } from './find-caching.ts';
import { describeDistribution, readDistribution } from './find-distribution.ts';

/** What is to be known of a distribution that cdnpub does not alter. Nothing else is looked up for it. */
export async function inspectForeign(context: CloudFrontContext, place: ForeignPlace): Promise<CdnSnapshot> {
  const found = await readDistribution(context, place.distributionId);
  const nothing = { marked: [], policies: [], edgeFunction: undefined, responseFunction: undefined, store: undefined };
  const config = found?.DistributionConfig;
  if (found === undefined || config === undefined) return { ...nothing, distribution: undefined, resolved: {} };
  // No secret of another server is compared in what is not altered.
  const distribution = describeDistribution(found, () => '');
  const { id, arn, domain } = distribution;
  return {
    ...nothing,
    distribution,
    resolved: { 'distribution.id': id, 'distribution.arn': arn, 'distribution.domain': domain },
    caching: findCaching(config, place, await policiesWithQuery(context, config)),
  };
}

/** Ids of the cache policies by which the answer to another query string is another object. */
async function policiesWithQuery(context: CloudFrontContext, config: DistributionConfig): Promise<ReadonlySet<string>> {
  const ids = new Set(behaviorsOf(config).flatMap(({ CachePolicyId: id }) => (id === undefined ? [] : [id])));
  const judged = await Promise.all([...ids].map(async (id) => ((await hasQuery(context, id)) ? [id] : [])));
  return new Set(judged.flat());
}

async function hasQuery(context: CloudFrontContext, Id: string): Promise<boolean> {
  const { CachePolicy } = await callCloudFront(context, 'GetCachePolicy', `cache-policy/${Id}`, () =>
    context.client.send(new GetCachePolicyCommand({ Id })),
  );
  const query = CachePolicy?.CachePolicyConfig?.ParametersInCacheKeyAndForwardedToOrigin?.QueryStringsConfig;
  return query?.QueryStringBehavior !== 'none';
}
