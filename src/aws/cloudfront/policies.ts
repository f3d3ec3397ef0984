import {
  CreateCachePolicyCommand,
  CreateResponseHeadersPolicyCommand,
  ListCachePoliciesCommand,
  ListResponseHeadersPoliciesCommand,
} from '@aws-sdk/client-cloudfront';
import type { CachePolicyContent, HeadersPolicy, InfraStep, SharedPolicy } from '../../model/infrastructure.ts';
import type { CdnNames } from '../../model/ports.ts';
import type { Resolved } from '../../model/ref.ts';
import { isOwnPolicy } from '../../plan/infrastructure/shared-policies.ts';
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
export const idOf = (policies: readonly FoundPolicy[], wanted: string | undefined): string | undefined =>
  policies.find(({ name }) => name === wanted)?.id;

/** Ids of the policies of these names, by the reference that each resolves; undefined for those that are to be made. */
export const idsOf = (
  policies: readonly FoundPolicy[],
  names: CdnNames['cachePolicies'],
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(names).map(([makes, name]) => [makes, idOf(policies, name)]));

/** Those that cdnpub made. */
export const ownPolicies = (kind: SharedPolicy['kind'], policies: readonly FoundPolicy[]): readonly SharedPolicy[] =>
  policies.filter(({ name }) => isOwnPolicy(kind, name)).map(({ id }) => ({ kind, id }));

/** Makes the cache policy, or finds the one that another run made meanwhile. */
export async function createCachePolicy(
  context: CloudFrontContext,
  { name, content, makes }: Extract<InfraStep, { kind: 'createCachePolicy' }>,
): Promise<Resolved> {
  const id = await callCloudFront(context, 'CreateCachePolicy', 'cache-policy/*', async () => {
    try {
      const { CachePolicy } = await context.client.send(
        new CreateCachePolicyCommand({ CachePolicyConfig: cacheConfig(name, content) }),
      );
      return CachePolicy?.Id;
    } catch (error) {
      if (awsErrorName(error).name === 'CachePolicyAlreadyExists') return idOf(await listCachePolicies(context), name);
      throw error;
    }
  });
  return { [makes]: present(id, 'the cache policy') };
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

const cacheConfig = (Name: string, content: CachePolicyContent) => ({
  Name,
  Comment:
    content.queryStrings === undefined
      ? 'cdnpub: as long as the object says'
      : `cdnpub: ${content.maxTtlSeconds} s at most`,
  MinTTL: content.minTtlSeconds,
  DefaultTTL: content.defaultTtlSeconds,
  MaxTTL: content.maxTtlSeconds,
  ParametersInCacheKeyAndForwardedToOrigin: {
    EnableAcceptEncodingGzip: content.gzip,
    EnableAcceptEncodingBrotli: content.brotli,
    HeadersConfig: { HeaderBehavior: 'none' as const },
    CookiesConfig: { CookieBehavior: 'none' as const },
    QueryStringsConfig: { QueryStringBehavior: content.queryStrings ?? ('none' as const) },
  },
});
