import { describe, expect, test } from 'vitest';
import { computeErrorTtl } from '../../../src/local-cloud/edge/compute-error-ttl.ts';
import { computeFreshness } from '../../../src/local-cloud/edge/compute-freshness.ts';
import type { HeaderLines } from '../../../src/local-cloud/edge/header-lines.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const zero = { minTtlSeconds: 0, defaultTtlSeconds: 86_400, maxTtlSeconds: 1000 };
const some = { minTtlSeconds: 60, defaultTtlSeconds: 5, maxTtlSeconds: 1000 };

describe('how long an object holds (table of "Manage how long content stays in the cache")', () => {
  const rows: readonly (readonly [cacheControl: string, ttls: typeof zero, seconds: number, storable: boolean])[] = [
    ['', zero, 86_400, true],
    ['max-age=10', zero, 10, true],
    ['max-age=5000', zero, 1000, true],
    ['max-age=0', zero, 0, true],
    ['public, max-age=0, s-maxage=500, must-revalidate', zero, 500, true],
    ['max-age=500, s-maxage=20', zero, 20, true],
    ['max-age="30"', zero, 30, true],
    ['MAX-AGE=30', zero, 30, true],
    ['max-age=x', zero, 86_400, true],
    ['no-cache', zero, 0, true],
    ['no-cache, max-age=100', zero, 0, true],
    ['no-store', zero, 0, false],
    ['private, max-age=100', zero, 0, false],
    ['', some, 60, true],
    ['max-age=10', some, 60, true],
    ['max-age=100', some, 100, true],
    ['max-age=5000', some, 1000, true],
    ['no-cache', some, 60, true],
    ['no-store', some, 60, true],
    ['private', some, 60, true],
  ];
  test.each(rows)('%s with %o: %s s, kept: %s', (cacheControl, ttls, ttlSeconds, storable) => {
    const headers: HeaderLines = cacheControl === '' ? [] : [['cache-control', cacheControl]];
    expect(computeFreshness(headers, ttls, now)).toMatchObject({ ttlSeconds, storable });
  });

  const expires: readonly (readonly [headers: HeaderLines, seconds: number])[] = [
    [[['expires', 'Thu, 01 Jan 2026 00:01:00 GMT']], 60],
    [[['expires', 'Thu, 01 Jan 2099 00:00:00 GMT']], 1000],
    [[['expires', 'Thu, 01 Jan 2015 00:00:00 GMT']], 0],
    [[['expires', '0']], 0],
    [
      [
        ['expires', 'Thu, 01 Jan 2026 00:01:00 GMT'],
        ['cache-control', 'max-age=7'],
      ],
      7,
    ],
  ];
  test.each(expires)('Expires: %j: %s s', (headers, ttlSeconds) => {
    expect(computeFreshness(headers, zero, now).ttlSeconds).toBe(ttlSeconds);
  });

  const stale: readonly (readonly [cacheControl: string, ttls: typeof zero, ifError: number, revalidate: number])[] = [
    ['max-age=1', zero, Number.POSITIVE_INFINITY, 0],
    ['max-age=1, stale-if-error=30, stale-while-revalidate=9', zero, 30, 9],
    ['max-age=1, stale-if-error=0', zero, 0, 0],
    ['no-cache', zero, 0, 0],
    ['no-cache', some, Number.POSITIVE_INFINITY, 0],
  ];
  test.each(stale)(
    '%s with %o: stale on error %s s, while revalidating %s s',
    (cacheControl, ttls, ifError, revalidate) => {
      expect(computeFreshness([['cache-control', cacheControl]], ttls, now)).toMatchObject({
        staleIfErrorSeconds: ifError,
        staleWhileRevalidateSeconds: revalidate,
      });
    },
  );
});

describe('how long an error holds ("How CloudFront processes and caches HTTP 4xx and 5xx status codes")', () => {
  const rows: readonly (readonly [
    status: number,
    cacheControl: string,
    minimum: number | undefined,
    seconds: number,
  ])[] = [
    [404, '', undefined, 10],
    [404, '', 0, 0],
    [404, '', 300, 300],
    [404, 'max-age=100', 0, 100],
    [404, 'max-age=100', 300, 300],
    [404, 'max-age=5000', undefined, 1000],
    [404, 'no-store', undefined, 10],
    [503, '', undefined, 10],
    [500, 's-maxage=20', undefined, 20],
    [403, '', 300, 0],
    [403, 'max-age=20', undefined, 20],
    [403, 's-maxage=5', undefined, 10],
    [412, '', undefined, 0],
    [416, 'max-age=20', 300, 0],
    [418, 'max-age=20', 300, 0],
  ];
  test.each(rows)('%s with "%s" and a minimum of %s: %s s', (status, cacheControl, minimum, seconds) => {
    const errorResponses = minimum === undefined ? [] : [{ errorCode: status, errorCachingMinTtlSeconds: minimum }];
    const headers: HeaderLines = cacheControl === '' ? [] : [['cache-control', cacheControl]];
    expect(computeErrorTtl({ status, headers, errorResponses, maxTtlSeconds: 1000, now })).toBe(seconds);
  });
});
