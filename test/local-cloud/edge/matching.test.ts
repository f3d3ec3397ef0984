import { describe, expect, test } from 'vitest';
import { matchInvalidation } from '../../../src/local-cloud/edge/match-invalidation.ts';
import { matchPathPattern } from '../../../src/local-cloud/edge/match-path-pattern.ts';
import { normaliseAcceptEncoding } from '../../../src/local-cloud/edge/normalise-accept-encoding.ts';

describe('path patterns ("Path pattern": * is 0 or more characters, ? exactly one)', () => {
  const rows: readonly (readonly [pattern: string, uri: string, matches: boolean])[] = [
    ['*', '/', true],
    ['*', '/a/b.html', true],
    ['images/*.jpg', '/images/a.jpg', true],
    ['/images/*.jpg', '/images/product1/a.jpg', true],
    ['images/*.jpg', '/images/a.JPG', false],
    ['images/*.jpg', '/x/images/a.jpg', false],
    ['images/*', '/images/', true],
    ['images/*', '/images', false],
    ['*.gif', '/a/b.gif', true],
    ['*.gif', '/a.gif/b', false],
    ['a??.jpg', '/ant.jpg', true],
    ['a??.jpg', '/at.jpg', false],
    ['/a?', '/a', false],
    ['/a*b*c', '/axxbyybzc', true],
    ['/a*b*c', '/axxbyybz', false],
    ['/%61', '/a', false],
    ['/a.b', '/axb', false],
    ['/*/**', '/x/', true],
  ];
  test.each(rows)('%s on %s: %s', (pattern, uri, matches) => {
    expect(matchPathPattern(pattern, uri)).toBe(matches);
  });
});

describe('invalidation items ("Specify the files to invalidate")', () => {
  const rows: readonly (readonly [item: string, uri: string, query: string, matches: boolean])[] = [
    ['/a', '/a', '', true],
    ['/a', '/A', '', false],
    ['/a', '/a/', '', false],
    ['/a', '/a', 'x=1', false],
    ['/a?x=1', '/a', 'x=1', true],
    ['/a?x=1', '/a', 'x=1&y=2', false],
    ['/a*', '/a', 'x=1', true],
    ['/a*', '/a2', '', true],
    ['/a*', '/a/b', '', true],
    ['/a?x*', '/a', 'x=1', true],
    ['/dir/*', '/dir/', '', true],
    ['/dir/*', '/dir', '', false],
    ['/*', '/anything', 'q', true],
    ['/a*b', '/axb', '', false],
    ['/%C3%A9', '/%C3%A9', '', true],
    ['/%C3%A9', '/%c3%a9', '', false],
    ['/é', '/%C3%A9', '', false],
    ['/%2A', '/x', '', false],
    ['#tag', '/a', '', false],
  ];
  test.each(rows)('%s on %s ? %s: %s', (item, uri, query, matches) => {
    expect(matchInvalidation(item, { uri, query })).toBe(matches);
  });
});

describe('Accept-Encoding in the key ("Compression support")', () => {
  const both = { gzip: true, brotli: true };
  const rows: readonly (readonly [header: string | undefined, policy: typeof both, encodings: string])[] = [
    ['gzip, deflate, br', both, 'br,gzip'],
    ['deflate, gzip;q=0.5', both, 'gzip'],
    ['br', both, 'br'],
    ['gzip;q=0, br;q=0.0', both, ''],
    ['BR', both, 'br'],
    ['deflate', both, ''],
    ['*', both, ''],
    [undefined, both, ''],
    ['gzip, br', { gzip: true, brotli: false }, 'gzip'],
    ['gzip, br', { gzip: false, brotli: false }, ''],
  ];
  test.each(rows)('%s with %o: %s', (header, policy, encodings) => {
    expect(normaliseAcceptEncoding(header, policy).join(',')).toBe(encodings);
  });
});
