import { describe, expect, test } from 'vitest';
import { readShape, siteNames } from '../support/build-site.ts';
import { compile, edgeOf, fragment } from './run-edge.ts';

const many = (count: number, name: (i: string) => string): string[] =>
  Array.from({ length: count }, (_, i) => name(String(i).padStart(4, '0')));
const dotted = many(900, (i) => `api/struct.Type${i}.html`);

describe('the text', () => {
  test('holds no comment and no marker, and is well below the limit for an ordinary site', () => {
    const { code } = compile(['index.html', 'a/index.html']);
    expect(code).not.toMatch(/^\s*\/\/|__SITE__/m);
    expect(Buffer.byteLength(code)).toBeLessThan(5_000);
  });

  test('is the same for the same build, and for a build that only has more of the same', () => {
    expect(compile(['a/index.html', 'index.html']).code).toBe(
      compile(['index.html', 'a/index.html', 'b/index.html']).code,
    );
  });

  test('takes names as they are', async () => {
    const folders = many(9, (i) => `f${i}/index.html`);
    const keys = [...folders, '$&.html', '$\'`"\\.html', '__SITE__.html', '\u2028.html'];
    const ask = edgeOf(keys);
    expect(await ask('/$&')).toBe('/%24%26.html');
    expect(await ask('/$\'`"%5C')).toBe('/%24%27%60%22%5C.html');
    expect(await ask('/__SITE__')).toBe('/__SITE__.html');
    expect(await ask('/%E2%80%A8')).toBe('/%E2%80%A8.html');
    expect(compile(keys).code).not.toMatch(/[\u2028\u2029]/);
  });
});

describe('too many exceptions', () => {
  const keys = ['index.html', 'guide/index.html', 'CNAME', ...dotted];

  test('every page answers under its file name, and the user is told', async () => {
    const { code, warnings } = compile(keys);
    expect(Buffer.byteLength(code)).toBeLessThan(10_240);
    expect(warnings).toEqual([
      '900 pages do not fit the site’s rule for clean URLs; all pages answer under their file names instead'.replace(
        '’',
        "'",
      ),
    ]);
    const ask = edgeOf(keys);
    expect(await ask('/api/struct.Type0007.html')).toBe('/api/struct.Type0007.html');
    expect(await ask('/guide/')).toBe('/guide/index.html');
    expect(await ask('/guide')).toBe('301 /guide/');
    expect(await ask('/CNAME')).toBe('/CNAME');
  });

  test('an application stays one', async () => {
    const ask = edgeOf(keys, { spa: 'index.html' });
    expect(compile(keys, { spa: 'index.html' }).warnings).toHaveLength(1);
    expect(await ask('/user/7')).toBe('/index.html');
    expect(await ask('/api/struct.Type0007.html')).toBe('/api/struct.Type0007.html');
    expect(await ask('/assets/gone.js')).toBe('/assets/gone.js');
    expect(await ask('/CNAME')).toBe('/CNAME');
  });

  test('files without an ending have no such way out', () => {
    const refused = expect.objectContaining({
      code: 'E_EDGE_SIZE',
      details: { bytes: expect.any(Number), maxBytes: 10_240 },
    });
    expect(() => compile(many(900, (i) => `licences/licence-${i}`))).toThrow(refused);
    expect(compile(many(100, (i) => `licences/licence-${i}`)).warnings).toEqual([]);
  });

  test('a search index with an ending of its own is no exception', () => {
    expect(compile(['index.html', ...many(5_000, (i) => `pagefind/fragment/en_${i}.pf_fragment`)]).warnings).toEqual(
      [],
    );
  });

  test('bytes are counted, not characters', () => {
    const wide = many(300, (i) => `a/日本語日本語${i}.html`);
    const narrow = many(300, (i) => `a/abcdef${i}.html`);
    const folders = many(400, (i) => `f${i}/index.html`);
    expect(compile([...folders, ...narrow]).warnings).toHaveLength(0);
    expect(compile([...folders, ...wide]).warnings).toHaveLength(1);
  });
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
    'shorthand of a method': /^\s*\w+\([^)]*\)\s*\{(?<!\b(?:if|for|while|switch|catch|function)\b.*)/m,
    'a bigint': /\b\d+n\b/,
    'a lookbehind or a flag of later regular expressions': /\(\?<|\/[gimy]*[usd][gimyusd]*[.,;)\s]/,
    'replaceAll, at, flat': /\.(?:replaceAll|at|flat|flatMap|matchAll|toSorted|hasOwn)\(/,
    'a timer, fetch or eval': /\b(?:setTimeout|setInterval|fetch|eval|Function)\s*\(/,
    'a promise combinator': /\bPromise\b/,
  };
  const bare = (code: string): string => code.replace(/const site = .*/, '').replace(/'(?:\\.|[^'\\\n])*'/g, "''");

  test.each(Object.entries(absent))('no %s', (_, pattern) => expect(bare(compile([]).code)).not.toMatch(pattern));

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
    expect(fragment).toContain('function handler(event)');
  });
});
