import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileMatch } from '../../../src/plan/headers/compile-match.ts';
import { edgePattern } from '../../../src/plan/headers/edge-pattern.ts';

test.each([
  ['/*', 'a/b.png', ['a/b.png']],
  ['/*', 'index.html', [undefined]],
  ['/docs/*', 'docs/a/index.html', ['a']],
  ['/docs/*', 'docs/index.html', [undefined]],
  ['/docs/*', 'docs/a.html', ['a']],
  ['/docs/*', 'docs.html', [undefined]],
  ['/*.js', 'a/b.js', ['a/b']],
  ['/a/*/c', 'a/x/y/c', ['x/y']],
  ['/u/:id', 'u/7.html', ['7']],
  ['/u/:id/*', 'u/7/x.svg', ['7', 'x.svg']],
  ['/img/:name.png', 'img/a.b.png', ['a.b']],
  ['/caf%C3%A9', 'caf\u00e9/index.html', []],
  ['**/*.{png,svg}', 'a/b/c.svg', []],
])('%s finds %s', (match, key, found) => {
  const { pattern, captures } = edgePattern({ match, cleanUrls: true });
  expect(new RegExp(pattern).exec(`/${key}`)?.slice(1)).toEqual(found);
  expect(captures).toHaveLength(found.length);
});

test.each([
  ['/docs/*', 'docsa/b'],
  ['/a', 'A'],
  ['/a.c', 'abc'],
  ['/u/:id', 'u/7/8'],
  ['*.png', 'a/b.png'],
  ['/', 'a'],
])('%s does not find %s', (match, key) => {
  expect(new RegExp(edgePattern({ match, cleanUrls: true }).pattern).test(`/${key}`)).toBe(false);
});

test('a placeholder that stands twice is the first', () => {
  expect(edgePattern({ match: '/:a/:a/*/*', cleanUrls: true }).captures).toEqual(['a', '', 'splat', '']);
});

const piece = fc.constantFrom('a', 'b', '/', '/', 'index', '.html', '.js', 'é', '(', '$', '+', ' ');
const key = fc
  .array(piece, { minLength: 1, maxLength: 8 })
  .map((pieces) =>
    pieces
      .join('')
      .replace(/\/+/g, '/')
      .replace(/^\/|\/$/g, ''),
  )
  // Hidden files never go up.
  .filter((text) => text !== '' && !/(^|\/)\./.test(text));
const url = fc
  .array(fc.oneof(piece, fc.constantFrom('*', '/*', '/:x', '/:y.js', '%2F', '%')), { maxLength: 7 })
  .map((pieces) => `/${pieces.join('')}`);
const glob = fc
  .array(fc.oneof(piece, fc.constantFrom('*', '**/', '?', '{a,b/c}', '\\*')), { minLength: 1, maxLength: 7 })
  .map((pieces) =>
    pieces
      .join('')
      .replace(/\/+/g, '/')
      .replace(/^\/|\/$/g, ''),
  )
  .filter((text) => text !== '');

test('the edge finds what the bucket is told, whatever the pattern', () => {
  fc.assert(
    fc.property(
      fc.oneof(url, glob),
      fc.array(key, { minLength: 5, maxLength: 20 }),
      fc.boolean(),
      (match, keys, cleanUrls) => {
        const matches = compileMatch(match, cleanUrls);
        const atEdge = new RegExp(edgePattern({ match, cleanUrls }).pattern);
        expect(keys.filter((one) => atEdge.test(`/${one}`))).toEqual(keys.filter(matches));
      },
    ),
    { numRuns: 2000 },
  );
});
