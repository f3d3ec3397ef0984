import type { WireRequest } from '../wire.ts';

/** An operation and the variable parts of its path. */
export interface Found {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

export type Operation = (typeof routes)[number][2];

/** Method, path under `/2020-05-31/` (`:Name` is variable, `?x` or `?x=y` must be in the query) and operation [API model]. */
const routes = [
  ['POST', 'distribution?WithTags', 'CreateDistributionWithTags'],
  ['POST', 'distribution', 'CreateDistribution'],
  ['GET', 'distribution', 'ListDistributions'],
  ['GET', 'distribution/:Id', 'GetDistribution'],
  ['GET', 'distribution/:Id/config', 'GetDistributionConfig'],
  ['PUT', 'distribution/:Id/config', 'UpdateDistribution'],
  ['DELETE', 'distribution/:Id', 'DeleteDistribution'],
  ['POST', 'distribution/:DistributionId/invalidation', 'CreateInvalidation'],
  ['GET', 'distribution/:DistributionId/invalidation', 'ListInvalidations'],
  ['GET', 'distribution/:DistributionId/invalidation/:Id', 'GetInvalidation'],
  ['GET', 'tagging', 'ListTagsForResource'],
  ['POST', 'tagging?Operation=Tag', 'TagResource'],
  ['POST', 'tagging?Operation=Untag', 'UntagResource'],
  ['POST', 'origin-access-control', 'CreateOriginAccessControl'],
  ['GET', 'origin-access-control', 'ListOriginAccessControls'],
  ['GET', 'origin-access-control/:Id', 'GetOriginAccessControl'],
  ['GET', 'origin-access-control/:Id/config', 'GetOriginAccessControlConfig'],
  ['PUT', 'origin-access-control/:Id/config', 'UpdateOriginAccessControl'],
  ['DELETE', 'origin-access-control/:Id', 'DeleteOriginAccessControl'],
  ['POST', 'cache-policy', 'CreateCachePolicy'],
  ['GET', 'cache-policy', 'ListCachePolicies'],
  ['GET', 'cache-policy/:Id', 'GetCachePolicy'],
  ['GET', 'cache-policy/:Id/config', 'GetCachePolicyConfig'],
  ['PUT', 'cache-policy/:Id', 'UpdateCachePolicy'],
  ['DELETE', 'cache-policy/:Id', 'DeleteCachePolicy'],
  ['POST', 'origin-request-policy', 'CreateOriginRequestPolicy'],
  ['GET', 'origin-request-policy', 'ListOriginRequestPolicies'],
  ['GET', 'origin-request-policy/:Id', 'GetOriginRequestPolicy'],
  ['GET', 'origin-request-policy/:Id/config', 'GetOriginRequestPolicyConfig'],
  ['PUT', 'origin-request-policy/:Id', 'UpdateOriginRequestPolicy'],
  ['DELETE', 'origin-request-policy/:Id', 'DeleteOriginRequestPolicy'],
  ['POST', 'response-headers-policy', 'CreateResponseHeadersPolicy'],
  ['GET', 'response-headers-policy', 'ListResponseHeadersPolicies'],
  ['GET', 'response-headers-policy/:Id', 'GetResponseHeadersPolicy'],
  ['GET', 'response-headers-policy/:Id/config', 'GetResponseHeadersPolicyConfig'],
  ['PUT', 'response-headers-policy/:Id', 'UpdateResponseHeadersPolicy'],
  ['DELETE', 'response-headers-policy/:Id', 'DeleteResponseHeadersPolicy'],
  ['POST', 'function', 'CreateFunction'],
  ['GET', 'function', 'ListFunctions'],
  ['GET', 'function/:Name', 'GetFunction'],
  ['GET', 'function/:Name/describe', 'DescribeFunction'],
  ['PUT', 'function/:Name', 'UpdateFunction'],
  ['POST', 'function/:Name/publish', 'PublishFunction'],
  ['POST', 'function/:Name/test', 'TestFunction'],
  ['DELETE', 'function/:Name', 'DeleteFunction'],
  ['POST', 'key-value-store', 'CreateKeyValueStore'],
  ['GET', 'key-value-store', 'ListKeyValueStores'],
  ['GET', 'key-value-store/:Name', 'DescribeKeyValueStore'],
  ['PUT', 'key-value-store/:Name', 'UpdateKeyValueStore'],
  ['DELETE', 'key-value-store/:Name', 'DeleteKeyValueStore'],
] as const;

/** The operation that a request asks for, or undefined where the local cloud has none such. */
export function findRoute(request: Pick<WireRequest, 'method' | 'rawPath' | 'query'>): Found | undefined {
  const segments = segmentsOf(request.rawPath);
  if (segments === undefined) return undefined;
  for (const [method, pattern, operation] of routes) {
    const [path = '', condition] = pattern.split('?');
    const params = method === request.method && holds(condition, request.query) && matchPath(path, segments);
    if (params) return { operation, params };
  }
  return undefined;
}

function segmentsOf(rawPath: string): readonly string[] | undefined {
  const [, version, ...segments] = rawPath.split('/');
  if (version !== '2020-05-31') return undefined;
  if (segments.at(-1) === '') segments.pop();
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function holds(condition: string | undefined, query: URLSearchParams): boolean {
  if (condition === undefined) return true;
  const [name = '', value] = condition.split('=');
  return value === undefined ? query.has(name) : query.get(name) === value;
}

function matchPath(path: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = path.split('/');
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':') && segment !== '') params[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
