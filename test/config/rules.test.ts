import { expect, test } from 'vitest';
import { normalizePrefix, rules } from '../../src/config/rules.ts';

const rows: [keyof typeof rules, string[], string[]][] = [
  [
    'site',
    ['abc', 'my-blog', '123', 'x'.repeat(32)],
    ['ab', 'My', 'a_b', '-ab', 'ab-', 'x'.repeat(33), '', 'a.b', 'caf\u00e9'],
  ],
  ['env', ['s', 'staging', 'pr-1'], ['', 'Staging', '-a', 'a b']],
  ['channel', ['pr-12', 'a'.repeat(63)], ['live', '', 'PR-1', 'a/b', 'a'.repeat(64)]],
  ['account', ['111122223333'], ['11112222333', '1111222233334', '1111-2222-3333', '', '11112222333\u0663']],
  [
    'region',
    ['eu-west-1', 'us-gov-west-1', 'auto', 'fr-par', 'nyc3'],
    ['', 'EU-WEST-1', 'eu_west_1', 'eu-west-1 ', '-eu', 'Ireland!'],
  ],
  ['profile', ['default', 'my profile'], ['', '  ', 'a\nb']],
  [
    'bucket',
    ['abc', 'my.bucket-1', 'docs-111122223333-eu-west-1-an', 'x'.repeat(63)],
    [
      'ab',
      'x'.repeat(64),
      'My',
      'a_b',
      '-abc',
      'abc-',
      'a..b',
      '192.168.0.1',
      'xn--abc',
      'sthree-a',
      'abc-s3alias',
      'abc--x-s3',
    ],
  ],
  [
    'basePath',
    ['/', '/docs', '/docs/', '/a/b', '/caf\u00e9'],
    ['', 'docs', '//docs', '/a//b', '/a/../b', '/.cdnpub', '/_cdnpub/x', '/a%20b', '/a*', '/a?b', '/{a}'],
  ],
  ['distribution', ['E2QWRUHAPOMQZL'], ['', 'e2qwruhapomqzl', 'd111.cloudfront.net', 'E1/..']],
  [
    'prefix',
    ['', 'docs', 'docs/', 'a/b/', 'caf\u00e9'],
    ['/docs', '/', 'a//b', 'a/../b', '.', '.cdnpub', '.cdnpub/', '.cdnpub/x', '_cdnpub/p/x', 'a\nb', 'x'.repeat(513)],
  ],
  ['key', ['app.html', 'a/b.html'], ['', '/app.html', 'a/', '../a', 'a//b']],
  ['address', ['/a', 'https://example.com/a?b=c', '/caf\u00e9', 'a'], ['', ' ', '/a b', '/a\nb', '/a\0']],
  ['match', ['**/*.html', '/blog/*'], ['', 'a\nb']],
  ['headerName', ['Cache-Control', 'x-amz-meta-team'], ['', 'a b', 'a:', 'a\r\nb', 'X-Amz-Meta-Cache-Tag', '\u00e9']],
  ['headerValue', ['max-age=60', 'a\tb', '"x"'], ['', ' ', 'a\r\nSet-Cookie: b', 'caf\u00e9', 'a\0b']],
];

test.each(rows)('%s', (name, right, wrong) => {
  expect(right.filter((value) => rules[name](value) !== undefined)).toEqual([]);
  expect(wrong.filter((value) => rules[name](value) === undefined)).toEqual([]);
});

test.each([
  ['', ''],
  ['docs', 'docs/'],
  ['docs/', 'docs/'],
  ['cafe\u0301', 'caf\u00e9/'],
])('the prefix %s is used as %s', (prefix, used) => {
  expect(normalizePrefix(prefix)).toBe(used);
});
