import { describe, expect, test } from 'vitest';
import { compileEdge } from '../../src/edge/compile-edge.ts';
import type { EdgeLayout } from '../../src/model/edge-source.ts';
import { readShape, siteNames } from '../support/build-site.ts';
import { makeSource } from '../support/make-edge.ts';
import { tools } from './edge-tools.ts';
import { everyText } from './every-feature.ts';
import { compileSite } from './open-site.ts';
import { askWith, compile, type EdgeSettings, edgeOf } from './run-edge.ts';

const many = (count: number, name: (i: string) => string): string[] =>
  Array.from({ length: count }, (_, i) => name(String(i).padStart(4, '0')));
const dotted = many(900, (i) => `api/struct.Type${i}.html`);

const codeOf = (keys: readonly string[], settings: EdgeSettings = {}): string =>
  compile(keys, settings).program.viewerRequest;

describe('the text', () => {
  test('is well below the limit for an ordinary site, and holds nothing that the site does not use', () => {
    const code = codeOf(['index.html', 'a/index.html']);
    expect(Buffer.byteLength(code)).toBeLessThan(2_600);
    expect(code).not.toMatch(/HAS_|TRACE|console|crypto|cloudfront|authorization|x-cdnpub/);
    expect(compile(['index.html', 'a/index.html']).program).toMatchObject({ viewerResponse: null, store: new Map() });
  });

  test('is the same for the same build, and for a build that only has more of the same', () => {
    expect(codeOf(['a/index.html', 'index.html'])).toBe(codeOf(['index.html', 'a/index.html', 'b/index.html']));
  });

  test('takes names as they are', async () => {
    const folders = many(9, (i) => `f${i}/index.html`);
    const keys = [...folders, '$&.html', '$\'`"\\.html', '__proto__.html', '\u2028.html'];
    const ask = edgeOf(keys);
    expect(await ask('/$&')).toBe('/%24%26.html');
    expect(await ask('/$\'`"%5C')).toBe('/%24%27%60%22%5C.html');
    expect(await ask('/__proto__')).toBe('/__proto__.html');
    expect(await ask('/%E2%80%A8')).toBe('/%E2%80%A8.html');
    expect(codeOf(keys)).not.toMatch(/[\u2028\u2029]/);
  });
});

describe('more exceptions than the text holds', () => {
  const keys = ['index.html', 'guide/index.html', 'CNAME', 'assets/app.js', ...dotted];

  test('are told by an index of all paths in the store', async () => {
    const { program, layout, warnings } = compile(keys);
    expect(warnings).toEqual([]);
    expect(layout.paths).toBe(4);
    expect([...program.store.keys()].filter((key) => key.startsWith('p4/'))).toHaveLength(16);
    expect(Math.max(...[...program.store.values()].map((value) => Buffer.byteLength(value)))).toBeLessThanOrEqual(
      1_024,
    );
    const ask = edgeOf(keys);
    expect(await ask('/api/struct.Type0007')).toBe('/api/struct.Type0007.html');
    expect(await ask('/api/struct.Type0007.html')).toBe('301 /api/struct.Type0007');
    expect(await ask('/guide')).toBe('301 /guide/');
    expect(await ask('/CNAME')).toBe('/CNAME');
    expect(await ask('/assets/app.js')).toBe('/assets/app.js');
    expect(await ask('/assets/gone.js')).toBe('/404.html');
    expect(await ask('/gone')).toBe('/404.html');
  });

  test('an application stays one', async () => {
    const ask = edgeOf(keys, { spa: 'index.html' });
    expect(await ask('/user/7')).toBe('/index.html');
    expect(await ask('/guide/')).toBe('/guide/index.html');
    expect(await ask('/api/struct.Type0007')).toBe('/api/struct.Type0007.html');
    expect(await ask('/assets/gone.js')).toBe('/404.html');
    expect(await ask('/CNAME')).toBe('/CNAME');
  });

  test('a bucket that cannot be read makes all its paths known ones', async () => {
    const { program } = compile(keys);
    const ask = askWith({ ...program, store: new Map() });
    expect(await ask('/gone.js')).toBe('/gone.js');
    expect(await ask('/guide/')).toBe('/guide/index.html');
  });

  test('a file more rewrites one value of the store', () => {
    const before = compile(keys);
    const after = compileEdge({ keys: [...keys, 'new.js'], source: makeSource(), layout: before.layout, tools });
    const changed = [...after.program.store].filter(([key, value]) => before.program.store.get(key) !== value);
    expect(changed).toHaveLength(1);
    expect(after.program.store.size).toBe(before.program.store.size);
    expect(after.program.viewerRequest).toBe(before.program.viewerRequest);
  });

  test('the number of buckets stays for as long as they hold everything and are not almost empty', () => {
    const bits = (count: number, layout: EdgeLayout | null): number | null =>
      compileEdge({
        keys: many(count, (i) => `f${i}.js`),
        source: makeSource({ index: 'needed' }),
        ...{ layout, tools },
      }).layout.paths;
    expect(bits(3_000, null)).toBe(5);
    expect(bits(4_000, { paths: 5, rules: null })).toBe(5);
    expect(bits(900, { paths: 5, rules: null })).toBe(5);
    expect(bits(200, { paths: 5, rules: null })).toBe(1);
    expect(bits(9_000, { paths: 5, rules: null })).toBe(7);
  });

  test('100,000 paths are less than a megabyte', () => {
    const { program } = compile(
      many(100_000, (i) => `posts/${i}/index.html`),
      { index: 'needed' },
    );
    const bytes = [...program.store].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    expect(bytes).toBeLessThan(1_000_000);
  });
});

describe('more exceptions than the text holds, without a store', () => {
  const keys = ['index.html', 'guide/index.html', 'CNAME', ...dotted];
  const settings = { index: 'never' } as const;

  test('every page answers under its file name, and the user is told', async () => {
    const { program, warnings } = compile(keys, settings);
    expect(Buffer.byteLength(program.viewerRequest)).toBeLessThan(10_240);
    expect(warnings).toEqual([
      '900 pages do not fit the site’s rule for clean URLs; all pages answer under their file names instead'.replace(
        '’',
        "'",
      ),
    ]);
    const ask = edgeOf(keys, settings);
    expect(await ask('/api/struct.Type0007.html')).toBe('/api/struct.Type0007.html');
    expect(await ask('/guide/')).toBe('/guide/index.html');
    expect(await ask('/guide')).toBe('301 /guide/');
    expect(await ask('/CNAME')).toBe('/CNAME');
  });

  test('an application stays one', async () => {
    const ask = edgeOf(keys, { ...settings, spa: 'index.html' });
    expect(await ask('/user/7')).toBe('/index.html');
    expect(await ask('/api/struct.Type0007.html')).toBe('/api/struct.Type0007.html');
    expect(await ask('/assets/gone.js')).toBe('/assets/gone.js');
    expect(await ask('/CNAME')).toBe('/CNAME');
  });

  test('files without an ending have no such way out, and the refusal names what is so large', () => {
    const refused = expect.objectContaining({
      code: 'E_EDGE_SIZE',
      message: expect.stringMatching(/10240: pages and files that do not fit the rule for clean URLs \d+, cdnpub \d+$/),
      details: expect.objectContaining({ bytes: expect.any(Number), maxBytes: 10_240 }),
    });
    const licences = many(900, (i) => `licences/licence-${i}`);
    expect(() => compile(licences, settings)).toThrow(refused);
    expect(compile(licences.slice(0, 100), settings).warnings).toEqual([]);
    expect(compile(licences).layout.paths).not.toBeNull();
  });

  test('a search index with an ending of its own is no exception', () => {
    expect(
      compile(['index.html', ...many(5_000, (i) => `pagefind/fragment/en_${i}.pf_fragment`)], settings).warnings,
    ).toEqual([]);
  });

  test('bytes are counted, not characters', () => {
    const wide = many(300, (i) => `a/日本語日本語${i}.html`);
    const narrow = many(300, (i) => `a/abcdef${i}.html`);
    const folders = many(400, (i) => `f${i}/index.html`);
    expect(compile([...folders, ...narrow], settings).warnings).toHaveLength(0);
    expect(compile([...folders, ...wide], settings).warnings).toHaveLength(1);
  });
});

test('more patterns than the text holds are refused by their name', () => {
  const redirects = many(400, (i) => `/section-${i}/* /new-${i}/:splat`).join('\n');
  expect(() => compileSite({ keys: ['index.html'], redirects })).toThrow(
    expect.objectContaining({
      code: 'E_EDGE_SIZE',
      message: expect.stringMatching(/: redirects that are patterns or have conditions \d+, cdnpub \d+$/),
      hints: ['rules for single paths, without * and placeholders, take no room: they lie in the store'],
    }),
  );
});

describe('the syntax of cloudfront-js-2.0', () => {
  /** What that runtime does not list among its features: ES 5.1, const, let, templates, arrows, async. */
  const absent: Readonly<Record<string, RegExp>> = {
    'a class': /\bclass\b/,
    'destructuring of an object': /\b(?:const|let|var)\s*\{|\(\s*\{[^}]*\}\s*\)\s*=>|function\s*\w*\(\s*\{/,
    'destructuring of a list': /\b(?:const|let|var)\s*\[/,
    'a spread': /\.\.\./,
    'for … of': /\bfor\s*\([^)]*\bof\b/,
    'optional chaining': /\?\.(?!\d)/,
    'nullish coalescing': /\?\?/,
    'logical assignment': /(?:\|\||&&)=/,
    'a generator': /\bfunction\s*\*|\byield\b/,
    'a default parameter': /function\s*\w*\([^)]*=/,
    'catch without a name': /\bcatch\s*\{/,
    'shorthand of a field': /\{(?!return\b|\d)\w+[,}]/,
    'a bigint': /\b\d+n\b/,
    'a lookbehind or a flag of later regular expressions': /\(\?<|\/[gimy]*[usd][gimyusd]*[.,;)\s]/,
    'replaceAll, at, flat': /\.(?:replaceAll|at|flat|flatMap|matchAll|toSorted|hasOwn)\(/,
    'a timer, fetch or eval': /\b(?:setTimeout|setInterval|fetch|eval|Function)\s*\(/,
    'a promise combinator': /\bPromise\b/,
    'an await in an argument': /[(,]\s*await\b/,
    'an async closure': /\basync\s*(?:\(|\w+\s*=>)|[=(,:]\s*async\b/,
  };
  const bare = (code: string): string =>
    code
      .replace(/const site=.*/, '')
      .replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''")
      .replace(/\/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\n[])+\/[gi]*(?=[.,;)])/g, '0');

  test.each(Object.entries(absent))('no %s', (_, pattern) => {
    for (const text of everyText) expect(bare(text)).not.toMatch(pattern);
  });

  test.each([
    ['a class', 'class A {}'],
    ['destructuring of an object', 'const { a } = b;'],
    ['destructuring of a list', 'let [a] = b;'],
    ['a spread', 'f(...a)'],
    ['for … of', 'for (const a of b) c();'],
    ['optional chaining', 'a?.b'],
    ['nullish coalescing', 'a ?? b'],
    ['a default parameter', 'function f(a = 1) {}'],
    ['replaceAll, at, flat', "a.replaceAll('b', 'c')"],
  ])('the scan sees %s', (name, code) => expect(code).toMatch(absent[name] ?? /^$/));

  test('each text that is made runs', async () => {
    for (const name of siteNames) {
      expect(await edgeOf(readShape(name).map(({ path }) => path))('/')).toBe('/index.html');
    }
  });
});
