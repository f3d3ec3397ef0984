import { type CacheEntry, isError } from './cache-entry.ts';
import { headerValue } from './header-lines.ts';

/** A cached object as an inspector shows it. */
export interface CachedObject {
  readonly distributionId: string;
  readonly uri: string;
  /** The query string in the cache key. */
  readonly query: string;
  readonly status: number;
  readonly kind: 'object' | 'error';
  readonly encoding: string;
  readonly etag: string;
  readonly bytes: number;
  readonly ageSeconds: number;
  /** Negative where it has expired. */
  readonly freshForSeconds: number;
}

export function describeEntry(entry: CacheEntry, now: number): CachedObject {
  const { key, status, headers, body } = entry;
  return {
    ...{ distributionId: key.distributionId, uri: key.uri, query: key.query, status },
    kind: isError(entry) ? 'error' : 'object',
    encoding: headerValue(headers, 'content-encoding') ?? 'identity',
    etag: headerValue(headers, 'etag') ?? '',
    bytes: body.length,
    ageSeconds: Math.floor((now - entry.storedAt) / 1000),
    freshForSeconds: Math.floor((entry.freshUntil - now) / 1000),
  };
}
