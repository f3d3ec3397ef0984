import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalPath } from '../../src/edge/canonical-path.ts';

test.each([
  ['index.html', '/index.html'],
  ['a/b-c_d.e', '/a/b-c_d.e'],
  ['a b', '/a%20b'],
  ['c++', '/c%2B%2B'],
  ["!'()*~", '/%21%27%28%29%2A%7E'],
  ['$&,:;=@', '/%24%26%2C%3A%3B%3D%40'],
  ['[a]{b}|\\^`"<>#?%', '/%5Ba%5D%7Bb%7D%7C%5C%5E%60%22%3C%3E%23%3F%25'],
  ['%2F', '/%252F'],
  ['é', '/%C3%A9'],
  ['\u{1f600}', '/%F0%9F%98%80'],
  ['', '/'],
])('%s is cached under %s', (key, path) => expect(canonicalPath(key)).toBe(path));

test('every key has one path of its own, which is safe in an invalidation and says the key', () => {
  const key = fc.string({ unit: 'grapheme', maxLength: 12 });
  fc.assert(
    fc.property(key, (one) => {
      const path = canonicalPath(one);
      return /^\/(?:[A-Za-z0-9\-_./]|%[0-9A-F]{2})*$/.test(path) && decodeURIComponent(path) === `/${one}`;
    }),
    { seed: 1, numRuns: 300 },
  );
});
