import {
  CreateCachePolicyCommand,
  CreateResponseHeadersPolicyCommand,
  ListCachePoliciesCommand,
  ListResponseHeadersPoliciesCommand,
} from '@aws-sdk/client-cloudfront';
import type { HeadersPolicy } from '../../model/infrastructure.ts';
import type { Resolved } from '../../model/ref.ts';
import { cachePolicy } from '../../plan/infrastructure/shared-policies.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront, present } from './cloudfront-context.ts';
import { headersPolicyConfig } from './headers-policy-config.ts';

/** Id of the account's own cache policy of that name. */
export async function findCachePolicy(context: CloudFrontContext, name: string): Promise<string | undefined> {
  let Marker: string | undefined;
  do {
    const request = new ListCachePoliciesCommand({ Type: 'custom', ...(Marker === undefined ? {} : { Marker }) });
    const { CachePolicyList: page } = await callCloudFront(context, 'ListCachePolicies', '*', () =>
      context.client.send(request),
    );
    const found = page?.Items?.find(({ CachePolicy }) => CachePolicy?.CachePolicyConfig?.Name === name);
    if (found !== undefined) return found.CachePolicy?.Id;
    Marker = page?.NextMarker;
  } while (Marker !== undefined);
  return undefined;
}

/** Id of the account's own response headers policy of that name. */
export async function findHeadersPolicy(context: CloudFrontContext, name: string): Promise<string | undefined> {
  let Marker: string | undefined;
  do {
    const request = new ListResponseHeadersPoliciesCommand({
      Type: 'custom',
      ...(Marker === undefined ? {} : { Marker }),
    });
    const { ResponseHeadersPolicyList: page } = await callCloudFront(context, 'ListResponseHeadersPolicies', '*', () =>
      context.client.send(request),
    );
    const found = page?.Items?.find(
      ({ ResponseHeadersPolicy: policy }) => policy?.ResponseHeadersPolicyConfig?.Name === name,
    );
    if (found !== undefined) return found.ResponseHeadersPolicy?.Id;
    Marker = page?.NextMarker;
  } while (Marker !== undefined);
  return undefined;
}

/** Makes the cache policy, or finds the one that another run made meanwhile. */
export async function createCachePolicy(context: CloudFrontContext, name: string): Promise<Resolved> {
  const id = await callCloudFront(context, 'CreateCachePolicy', 'cache-policy/*', async () => {
    try {
      const { CachePolicy } = await context.client.send(
        new CreateCachePolicyCommand({ CachePolicyConfig: cacheConfig(name) }),
      );
      return CachePolicy?.Id;
    } catch (error) {
      if (awsErrorName(error).name === 'CachePolicyAlreadyExists') return findCachePolicy(context, name);
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
      if (awsErrorName(error).name === 'ResponseHeadersPolicyAlreadyExists') return findHeadersPolicy(context, name);
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
