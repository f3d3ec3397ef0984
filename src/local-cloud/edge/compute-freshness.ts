import type { EdgeCachePolicy } from '../edge-view.ts';
import { type HeaderLines, headerValue } from './header-lines.ts';
import { directiveSeconds, parseCacheControl } from './parse-cache-control.ts';

type Ttls = Pick<EdgeCachePolicy, 'minTtlSeconds' | 'defaultTtlSeconds' | 'maxTtlSeconds'>;

export interface Freshness {
  /** Seconds until the object has to be checked at the origin. */
  readonly ttlSeconds: number;
  /** Whether it may be kept at all, if only to be checked. */
  readonly storable: boolean;
  /** Whether an expired copy may stand in for a 5xx, and for how many seconds after it expired. */
  readonly staleIfErrorSeconds: number;
  /** For how many seconds after it expired it is served while it is fetched anew. */
  readonly staleWhileRevalidateSeconds: number;
}

/**
 * How long an object below status 400 stays in the cache, by the table of "Manage how long content stays in the cache
 * (expiration)". `now` in milliseconds.
 */
export function computeFreshness(headers: HeaderLines, ttls: Ttls, now: number): Freshness {
  const directives = parseCacheControl(headerValue(headers, 'cache-control'));
  const forbidden = ['no-cache', 'no-store', 'private'].some((name) => directives.has(name));
  const staleIfError = directiveSeconds(directives, 'stale-if-error');
  const respected = forbidden && ttls.minTtlSeconds === 0;
  return {
    ttlSeconds: forbidden ? ttls.minTtlSeconds : boundedTtl(headers, ttls, now),
    storable: !(respected && (directives.has('no-store') || directives.has('private'))),
    // The warning below the table: what forbids caching stands in for a failed origin only where the minimum is above 0.
    staleIfErrorSeconds: respected ? 0 : (staleIfError ?? Number.POSITIVE_INFINITY),
    staleWhileRevalidateSeconds: forbidden ? 0 : (directiveSeconds(directives, 'stale-while-revalidate') ?? 0),
  };
}

function boundedTtl(headers: HeaderLines, ttls: Ttls, now: number): number {
  const told = toldSeconds(headers, now);
  // "CloudFront caches the object for the greater of the value of the minimum TTL or default TTL."
  if (told === undefined) return Math.max(ttls.minTtlSeconds, ttls.defaultTtlSeconds);
  return Math.min(Math.max(told, ttls.minTtlSeconds), ttls.maxTtlSeconds);
}

/** What the origin says: s-maxage, else max-age, else Expires ("CloudFront uses only the value of max-age"). */
export function toldSeconds(headers: HeaderLines, now: number): number | undefined {
  const directives = parseCacheControl(headerValue(headers, 'cache-control'));
  const told = directiveSeconds(directives, 's-maxage') ?? directiveSeconds(directives, 'max-age');
  if (told !== undefined) return told;
  const expires = headerValue(headers, 'expires');
  if (expires === undefined) return undefined;
  const at = Date.parse(expires);
  // RFC 9111 section 5.3: an invalid date, "0" above all, means a time in the past.
  return Number.isNaN(at) ? 0 : Math.max(0, Math.floor((at - now) / 1000));
}
