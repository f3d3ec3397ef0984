import type { EdgeErrorResponse } from '../edge-view.ts';
import { toldSeconds } from './compute-freshness.ts';
import { type HeaderLines, headerValue } from './header-lines.ts';
import { directiveSeconds, parseCacheControl } from './parse-cache-control.ts';

/** "CloudFront caches error responses for a default duration of 10 seconds." */
const defaultErrorTtlSeconds = 10;

/** "HTTP 4xx and 5xx status codes that CloudFront always caches." */
const alwaysCached: readonly number[] = [404, 410, 414, 500, 501, 502, 503, 504];
/** "HTTP 4xx status codes that CloudFront caches based on Cache-Control headers." */
const cachedWhenTold: readonly number[] = [400, 403, 405, 412, 415];

/**
 * For how many seconds an error of the origin is kept: the greater of the error caching minimum TTL and what the
 * origin's own headers say (at most the behaviour's maximum TTL). 0 means it is not kept.
 */
export function computeErrorTtl(options: {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly errorResponses: readonly EdgeErrorResponse[];
  readonly maxTtlSeconds: number;
  /** Milliseconds. */
  readonly now: number;
}): number {
  const { status, headers } = options;
  const directives = parseCacheControl(headerValue(headers, 'cache-control'));
  const told = ['max-age', 's-maxage'].some((name) => directiveSeconds(directives, name) !== undefined);
  if (!alwaysCached.includes(status) && !(cachedWhenTold.includes(status) && told)) return 0;
  const own = Math.min(toldSeconds(headers, options.now) ?? 0, options.maxTtlSeconds);
  return Math.max(minErrorTtl(options.errorResponses, status), own);
}

/** The error caching minimum TTL of one status, in seconds. */
export function minErrorTtl(errorResponses: readonly EdgeErrorResponse[], status: number): number {
  return (
    errorResponses.find(({ errorCode }) => errorCode === status)?.errorCachingMinTtlSeconds ?? defaultErrorTtlSeconds
  );
}
