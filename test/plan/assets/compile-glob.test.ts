import { expect, test } from 'vitest';
import { compileGlob } from '../../../src/plan/assets/compile-glob.ts';

test.each([
  ['**/*.html', ['index.html', 'a/b.html', '.well-known/a.html'], ['index.htm', 'a.html/b', 'ahtml']],
  ['*.html', ['index.html'], ['a/index.html']],
  ['assets/**', ['assets/a.js', 'assets/b/c.js'], ['assets', 'other/assets/a.js', 'assets2/a']],
  ['**', ['a', 'a/b', '.well-known/x'], []],
  ['**/docs/**/*.js', ['docs/a.js', 'x/docs/a/b/c.js'], ['docs.js', 'docs/a.css']],
  ['a?c', ['abc', 'a😀c'], ['ac', 'abbc', 'a/c']],
  ['*.{js,css}', ['a.js', 'a.css'], ['a.json', 'a.{js,css}']],
  ['{a,b/{c,d}}/x', ['a/x', 'b/c/x', 'b/d/x'], ['b/x', 'c/x']],
  ['{,v2/}api.json', ['api.json', 'v2/api.json'], ['v3/api.json']],
  ['users/{id}.html', ['users/{id}.html'], ['users/id.html']],
  ['blog/[slug].html', ['blog/[slug].html'], ['blog/s.html']],
  ['a(b)+!c.txt', ['a(b)+!c.txt'], ['abc.txt', 'abbc.txt']],
  ['a.c', ['a.c'], ['abc']],
  ['\\*.txt', ['*.txt'], ['a.txt']],
  ['\\{a,b}', ['{a,b}'], ['a', 'b']],
  ['cafe\u0301/*', ['caf\u00e9/x'], ['cafe/x']],
  ['a*b*c', ['abc', 'aXbXbXc', 'abcbc'], ['ab', 'acb', 'abcd']],
  ['x/**/y', ['x/y', 'x/a/y', 'x/a/b/y'], ['x/ay', 'xy']],
  ['', [], ['a']],
])('%s', (glob, hits, misses) => {
  const matches = compileGlob(glob);
  expect(hits.filter((key) => !matches(key))).toEqual([]);
  expect(misses.filter((key) => matches(key))).toEqual([]);
});

test('a glob made to be slow is not', () => {
  const matches = compileGlob(`${'*a'.repeat(200)}b`);
  expect(matches('a'.repeat(1000))).toBe(false);
});

test('alternatives that multiply without end are refused', () => {
  expect(() => compileGlob('{a,b}'.repeat(30))).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
});
