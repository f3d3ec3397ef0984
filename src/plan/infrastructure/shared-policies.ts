import type { Digest } from '../../model/digest.ts';
import type { EdgeOrigin } from '../../model/edge-source.ts';
import type { CachePolicyContent, HeadersPolicy, SharedPolicy } from '../../model/infrastructure.ts';
import type { RefName } from '../../model/ref.ts';

/** One origin access control serves all sites of an account: AWS allows 100 of them, and 100 distributions on each. */
export const oacName = 'cdnpub';

/**
 * Ages at the edge: what the object's Cache-Control says, a day where it says nothing, at most a year. Unlike AWS's
 * managed CachingOptimized the minimum is 0, so `no-store` means it.
 */
export const cachePolicy = {
  minTtlSeconds: 0,
  defaultTtlSeconds: 86_400,
  maxTtlSeconds: 31_536_000,
  gzip: true,
  brotli: true,
} as const;

/** Answers of another server: at most so many seconds, fewer where the server says so; each query string is its own. */
const originCachePolicy = (seconds: number): CachePolicyContent => ({
  ...{ minTtlSeconds: 0, defaultTtlSeconds: seconds, maxTtlSeconds: seconds, gzip: true, brotli: true },
  queryStrings: 'all',
});

/** The cache policies that a site needs, by the reference that each resolves. */
export function cachePolicies(origins: readonly EdgeOrigin[]): ReadonlyMap<RefName, CachePolicyContent> {
  const seconds = [...new Set(origins.map(({ server }) => server.cacheSeconds))].filter((count) => count > 0);
  return new Map<RefName, CachePolicyContent>([
    ['cachePolicy.id', cachePolicy],
    ...seconds.map((count): [RefName, CachePolicyContent] => [`cachePolicy.${count}`, originCachePolicy(count)]),
  ]);
}

/** S3's own headers, which tell a visitor nothing. */
const originHeaders = [
  'x-amz-id-2',
  'x-amz-meta-cache-tag',
  'x-amz-request-id',
  'x-amz-server-side-encryption',
  'x-amz-version-id',
];

/** What the response headers policy of a site says. `set` is in the order of the names, which its hash counts. */
export const headersPolicy = (set: HeadersPolicy['set']): HeadersPolicy => ({ set, remove: originHeaders });

/**
 * Policies are named by the hash of their content and shared by all sites of the account, because CloudFront allows
 * 20 of each kind; another content is another policy, so none is ever changed under a site that uses it.
 */
export const policyName = (kind: SharedPolicy['kind'], content: object, digest: Digest): string =>
  `cdnpub-${kind}-${digest(JSON.stringify(content)).slice(0, 12)}`;

/** Whether cdnpub made a policy, as its name tells. */
export const isOwnPolicy = (kind: SharedPolicy['kind'], name: string): boolean =>
  new RegExp(`^cdnpub-${kind}-[0-9a-f]{12}$`).test(name);
