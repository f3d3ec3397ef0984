import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalPath } from '../../src/edge/canonical-path.ts';
import { readShape, siteNames } from '../support/build-site.ts';
import { type Ask, compile, type EdgeSettings, edgeOf } from './run-edge.ts';

/** Follows redirects as a browser does; answers the URI that is handed on in the end. */
async function follow(ask: Ask, path: string): Promise<string> {
  let answer = await ask(path);
  for (let hops = 0; hops < 3 && answer.startsWith('301 '); hops++) answer = await ask(answer.slice(4));
  return answer;
}

/** The address that a page is meant to have: without its ending, a folder's index with a slash. */
function cleanAddress(key: string): string {
  if (key === 'index.html' || key.endsWith('/index.html')) return canonicalPath(key).slice(0, -'index.html'.length);
  return canonicalPath(key).slice(0, -'.html'.length);
}

describe.each(siteNames)('the shape of %s', (name) => {
  const keys = readShape(name)
    .map(({ path }) => path)
    .filter((path) => path !== '.nojekyll');
  const pages = keys.filter((key) => key.endsWith('.html'));

  test('fits into a function without falling back', () => {
    expect(compile(keys).warnings).toEqual([]);
  });

  test('every page answers at its clean address, at once', async () => {
    const ask = edgeOf(keys);
    for (const key of pages) expect([key, await ask(cleanAddress(key))]).toEqual([key, canonicalPath(key)]);
  });

  test.each<[string, EdgeSettings]>([
    ['as it is', {}],
    ['a slash always', { trailingSlash: true }],
    ['a slash never', { trailingSlash: false }],
    ['without clean URLs', { cleanUrls: false }],
    ['as an application', { spa: 'index.html' }],
  ])('%s: every key is reached by its own name, and no other answers there', async (_, settings) => {
    const ask = edgeOf(keys, settings);
    // One name in three stands for the hundreds that differ only in their words.
    for (const key of keys.filter((_, i) => i % 3 === 0))
      expect(await follow(ask, canonicalPath(key))).toBe(canonicalPath(key));
  });
});

describe('any build', () => {
  const folder = fc.constantFrom(
    '',
    'a/',
    'a/b/',
    'v1.2/',
    'x.html/',
    'index/',
    'c++/',
    'é ü/',
    '[id]/',
    '.well-known/',
    '日本/',
  );
  const file = fc.constantFrom(
    'index.html',
    'a.html',
    'b.html',
    'index',
    'LICENSE',
    'x.js',
    'a.b.html',
    'b.html.html',
    'struct.Foo.html',
    'site.webmanifest',
    'q&a=1.html',
    "it's ~100%.html",
    'b',
    '__proto__.html',
    'constructor.html',
    'f.pf_fragment',
    'a.htm',
  );
  const keys = fc
    .uniqueArray(
      fc.tuple(folder, file).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 12 },
    )
    .filter(liesOnDisk);
  const settings = fc.record({
    cleanUrls: fc.boolean(),
    trailingSlash: fc.constantFrom('auto' as const, true, false),
    spa: fc.constantFrom(null, 'index.html'),
  });

  test('has every key at its own name, under the spelling that an invalidation names', async () => {
    await fc.assert(
      fc.asyncProperty(keys, settings, async (build, given) => {
        const ask = edgeOf(build, given);
        for (const key of build) expect(await follow(ask, canonicalPath(key))).toBe(canonicalPath(key));
      }),
      { seed: 3, numRuns: 80 },
    );
  });

  test('is never left by a redirect, whatever is asked', async () => {
    const part = fc.constantFrom(
      '/',
      '//',
      '\\',
      '%2F',
      '%5C',
      'evil.com',
      'evil',
      '.',
      '..',
      '@',
      ':',
      'https:',
      '?q=//evil',
      'index.html',
      '%0d%0a',
      '%00',
      'é',
      ' ',
      '\t',
    );
    const path = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => `/${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(keys, settings, path, async (build, given, asked) => {
        const answer = await edgeOf(build, given)(asked);
        const [, location] = /^301 (.*)$/.exec(answer) ?? [];
        expect(location ?? answer).toMatch(/^\/(?![/\\])[\w\-./%]*(\?[^\r\n]*)?$/);
        expect(new URL(location ?? answer, 'https://site.example/x').host).toBe('site.example');
      }),
      { seed: 4, numRuns: 150 },
    );
  });
});

/** No path is a file and a folder at once. */
function liesOnDisk(keys: readonly string[]): boolean {
  return !keys.some((key) => keys.some((other) => other.startsWith(`${key}/`)));
}
