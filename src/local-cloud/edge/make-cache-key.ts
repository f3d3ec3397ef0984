import type { EdgeCachePolicy } from '../edge-view.ts';
import type { EdgeRequest } from './edge-request.ts';
import { type HeaderLines, headerValue } from './header-lines.ts';
import { selectValues } from './named-values.ts';
import { type Encoding, normaliseAcceptEncoding } from './normalise-accept-encoding.ts';

export interface CacheKey {
  /** Equal for requests that share a cached object. */
  readonly id: string;
  readonly distributionId: string;
  /** As it stands after the function and the default root object. */
  readonly uri: string;
  /** The part of the query string that is in the key, as spelled; '' where none is. */
  readonly query: string;
  /** The headers in the key, with their values; they also go to the origin. */
  readonly headers: HeaderLines;
  /** The `Cookie` header of the cookies in the key; '' where none is. */
  readonly cookie: string;
  readonly encodings: readonly Encoding[];
}

/**
 * The cache key ("Understand the cache key"): the distribution, the path by its spelling (two spellings of one path are
 * two keys), what the policy adds, the normalised Accept-Encoding, and the method of OPTIONS requests, which "are
 * cached separately from responses to GET and HEAD requests".
 */
export function makeCacheKey(distributionId: string, policy: EdgeCachePolicy, request: EdgeRequest): CacheKey {
  const names = policy.headers.map((name) => name.toLowerCase());
  const headers = names.flatMap((name): HeaderLines => {
    const value = headerValue(request.headers, name);
    return value === undefined ? [] : [[name, value]];
  });
  const query = joinRaw(selectValues(request.query, policy.queryStrings), '&');
  const cookie = joinRaw(selectValues(request.cookies, policy.cookies), '; ');
  const encodings = normaliseAcceptEncoding(headerValue(request.headers, 'accept-encoding'), policy);
  const method = request.method === 'OPTIONS' ? 'OPTIONS' : 'GET';
  const id = JSON.stringify([distributionId, method, request.uri, query, headers, cookie, encodings]);
  return { id, distributionId, uri: request.uri, query, headers, cookie, encodings };
}

function joinRaw(values: readonly { readonly raw: string }[], separator: string): string {
  return values.map(({ raw }) => raw).join(separator);
}
