import {
  CreateCachePolicyCommand,
  CreateResponseHeadersPolicyCommand,
  ListCachePoliciesCommand,
  ListResponseHeadersPoliciesCommand,
} from '@aws-sdk/client-cloudfront';
import type { HeadersPolicy, SharedPolicy } from '../../model/infrastructure.ts';
import type { Resolved } from '../../model/ref.ts';
import { cachePolicy, isOwnPolicy } from '../../plan/infrastructure/shared-policies.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront, present } from './cloudfront-context.ts';
import { headersPolicyConfig } from './headers-policy-config.ts';

/** A custom policy of the account. */
interface FoundPolicy {
  readonly id: string;
  readonly name: string;
}

/** The account's own cache policies. */
export async function listCachePolicies(context: CloudFrontContext): Promise<readonly FoundPolicy[]> {
  const found: FoundPolicy[] = [];
  let Marker: string | undefined;
  do {
    const request = new ListCachePoliciesCommand({ Type: 'custom', ...(Marker === undefined ? {} : { Marker }) });
    const { CachePolicyList: page } = await callCloudFront(context, 'ListCachePolicies', '*', () =>
      context.client.send(request),
    );
    for (const { CachePolicy: policy } of page?.Items ?? [])
      found.push({ id: policy?.Id ?? '', name: policy?.CachePolicyConfig?.Name ?? '' });
    Marker = page?.NextMarker;
  } while (Marker !== undefined);
  return found;
}

/** The account's own response headers policies. */
export async function listHeadersPolicies(context: CloudFrontContext): Promise<readonly FoundPolicy[]> {
  const found: FoundPolicy[] = [];
  let Marker: string | undefined;
  do {
    const request = new ListResponseHeadersPoliciesCommand({
      Type: 'custom',
      ...(Marker === undefined ? {} : { Marker }),
    });
    const { ResponseHeadersPolicyList: page } = await callCloudFront(context, 'ListResponseHeadersPolicies', '*', () =>
      context.client.send(request),
    );
    for (const { ResponseHeadersPolicy: policy } of page?.Items ?? [])
      found.push({ id: policy?.Id ?? '', name: policy?.ResponseHeadersPolicyConfig?.Name ?? '' });
    Marker = page?.NextMarker;
  } while (Marker !== undefined);
  return found;
}

/** Id of the policy of that name. */
export const idOf = (policies: readonly FoundPolicy[], wanted: string): string | undefined =>
  policies.find(({ name }) => name === wanted)?.id;

/** Those that cdnpub made. */
export const ownPolicies = (kind: SharedPolicy['kind'], policies: readonly FoundPolicy[]): readonly SharedPolicy[] =>
  policies.filter(({ name }) => isOwnPolicy(kind, name)).map(({ id }) => ({ kind, id }));

/** Makes the cache policy, or finds the one that another run made meanwhile. */
export async function createCachePolicy(context: CloudFrontContext, name: string): Promise<Resolved> {
  const id = await callCloudFront(context, 'CreateCachePolicy', 'cache-policy/*', async () => {
    try {
      const { CachePolicy } = await context.client.send(
        new CreateCachePolicyCommand({ CachePolicyConfig: cacheConfig(name) }),
      );
      return CachePolicy?.Id;
    } catch (error) {
      if (awsErrorName(error).name === 'CachePolicyAlreadyExists') return idOf(await listCachePolicies(context), name);
      throw error;
    }
  });
  return { 'cachePolicy.id': present(id, 'the cache policy') };
}

/** Makes the response headers policy, or finds the one that another run made meanwhile. */
export async function createHeadersPolicy(
  context: CloudFrontContext,
  name: string,
  content: HeadersPolicy,
): Promise<Resolved> {
  const id = await callCloudFront(context, 'CreateResponseHeadersPolicy', 'response-headers-policy/*', async () => {
    try {
      const request = new CreateResponseHeadersPolicyCommand({
        ResponseHeadersPolicyConfig: headersPolicyConfig(name, content),
      });
      return (await context.client.send(request)).ResponseHeadersPolicy?.Id;
    } catch (error) {
      if (awsErrorName(error).name === 'ResponseHeadersPolicyAlreadyExists')
        return idOf(await listHeadersPolicies(context), name);
      throw error;
    }
  });
  return { 'headersPolicy.id': present(id, 'the response headers policy') };
}

const cacheConfig = (Name: string) => ({
  Name,
  Comment: 'cdnpub: as long as the object says',
  MinTTL: cachePolicy.minTtlSeconds,
  DefaultTTL: cachePolicy.defaultTtlSeconds,
  MaxTTL: cachePolicy.maxTtlSeconds,
  ParametersInCacheKeyAndForwardedToOrigin: {
    EnableAcceptEncodingGzip: cachePolicy.gzip,
    EnableAcceptEncodingBrotli: cachePolicy.brotli,
    HeadersConfig: { HeaderBehavior: 'none' as const },
    CookiesConfig: { CookieBehavior: 'none' as const },
    QueryStringsConfig: { QueryStringBehavior: 'none' as const },
  },
});
