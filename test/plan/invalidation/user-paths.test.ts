import { expect, test } from 'vitest';
import { invalidationItems } from '../../../src/plan/invalidation/user-paths.ts';

const published = new Set([
  'index.html',
  'docs/index.html',
  'about.html',
  'both.html',
  'both/index.html',
  'c++/a b.txt',
  'é.html',
]);

test.each<[string, readonly string[]]>([
  ['/', ['/index.html']],
  ['/index.html', ['/index.html']],
  ['/docs/', ['/docs/index.html']],
  ['/docs', ['/docs/index.html']],
  ['/about', ['/about.html']],
  ['/about/', ['/about.html']],
  ['/both', ['/both.html', '/both/index.html']],
  ['//docs//', ['/docs/index.html']],
  ['/c++/a b.txt', ['/c%2B%2B/a%20b.txt']],
  ['/c%2B%2B/a%20b.txt', ['/c%2B%2B/a%20b.txt']],
  ['/e\u0301', ['/%C3%A9.html']],
  ['/gone.html', ['/gone.html']],
  ['/*', ['/*']],
  ['/docs/*', ['/docs/*']],
  ['/caf\u00e9*', ['/caf%C3%A9*']],
  ['/a%2A', ['/a%2A']],
])('%s', (path, items) => expect(invalidationItems([path], published)).toEqual(items));

test('what two paths share is named once', () => {
  expect(invalidationItems(['/docs', '/docs/', '/docs/index.html'], published)).toEqual(['/docs/index.html']);
});

test.each(['docs', '', '*', '/a*b', '/*/a', '/%zz', '/%ff*'])('%j is refused', (path) => {
  expect(() => invalidationItems([path], published)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
});
