import { type CacheEntry, isError } from './cache-entry.ts';
import { headerValue } from './header-lines.ts';
import type { CachedContext } from './look-up-object.ts';

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

/** What lies in a cache now, without what an invalidation has reached that no request met yet. */
export function describeCache(context: CachedContext): readonly CachedObject[] {
  const { cache, clock } = context;
  for (const id of new Set([...cache.entries()].map(({ key }) => key.distributionId))) context.takeInvalidations(id);
  return [...cache.entries()].map((entry) => describeEntry(entry, clock.now()));
}

function describeEntry(entry: CacheEntry, now: number): CachedObject {
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
