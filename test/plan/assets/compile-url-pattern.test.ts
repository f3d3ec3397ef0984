import { expect, test } from 'vitest';
import { compileUrlPattern } from '../../../src/plan/assets/compile-url-pattern.ts';

test.each([
  ['/blog/*', ['/blog/', '/blog', '/blog/a', '/blog/a/b.html'], ['/blogs', '/a/blog/b', '/']],
  ['/*', ['/', '/a', '/a/b'], []],
  ['/*.js', ['/a.js', '/a/b.js'], ['/a.jsx', '/js']],
  ['/a/*/c', ['/a/b/c', '/a/b/b/c', '/a/c'], ['/a/b/d', '/ac']],
  ['/users/:id', ['/users/7'], ['/users/', '/users/7/8', '/users']],
  ['/users/:id/*', ['/users/7/x', '/users/7'], ['/users']],
  ['/a:b', ['/a:b'], ['/ax']],
  ['/x?y=[1]', ['/x?y=[1]'], ['/xy']],
  ['/a.c', ['/a.c'], ['/abc']],
  ['/caf%C3%A9/*', ['/caf\u00e9/x'], ['/cafe/x']],
  ['/100%', ['/100%'], ['/100']],
  ['/Blog', ['/Blog'], ['/blog']],
  ['/**/x', ['/a/x', '//x', '/x'], ['/ax']],
])('%s', (pattern, hits, misses) => {
  const matches = compileUrlPattern(pattern);
  expect(hits.filter((path) => !matches(path))).toEqual([]);
  expect(misses.filter((path) => matches(path))).toEqual([]);
});

test('a pattern made to be slow is not', () => {
  expect(compileUrlPattern(`/${'*a'.repeat(100)}b`)(`/${'a'.repeat(1000)}`)).toBe(false);
});
