import { describe, expect, test } from 'vitest';
import type { HeaderRule } from '../../../src/model/settings.ts';
import { describeAssets } from '../../../src/plan/assets/describe-assets.ts';
import { planHeaders } from '../../../src/plan/headers/plan-headers.ts';

const rule = (match: string, set: Record<string, string>, unset: string[] = []): HeaderRule => ({ match, set, unset });

function check(
  keys: readonly string[],
  headers: readonly HeaderRule[] = [],
  given: { cdn?: boolean; cleanUrls?: boolean } = {},
) {
  const settings = { spa: null, notFound: '404.html', cdn: true, cleanUrls: true, ...given };
  const files = keys.map((key) => ({ key, source: key, size: 1, sha256: '0'.repeat(64) }));
  const planned = planHeaders({
    settings: { ...settings, headers, basePath: '', securityHeaders: false },
    text: null,
    notFoundKey: '404.html',
  });
  const assets = describeAssets({ files, settings, statements: planned.stored });
  return { assets, of: (key: string) => assets.find((asset) => asset.key === key)?.headers };
}

const mutable = 'public, max-age=0, s-maxage=86400, must-revalidate';

describe('defaults', () => {
  test('what may change is kept by edges, what is fingerprinted by browsers', () => {
    const { of, assets } = check(['index.html', 'assets/index-DiwrgTda.js', 'logo.svg']);
    expect(of('index.html')).toEqual({ 'cache-control': mutable, 'content-type': 'text/html; charset=utf-8' });
    expect(of('logo.svg')?.['cache-control']).toBe(mutable);
    expect(of('assets/index-DiwrgTda.js')).toEqual({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect(assets.map((asset) => asset.class)).toEqual(['entry', 'fingerprinted', 'other']);
  });

  test('without a distribution nobody invalidates, so nothing is kept', () => {
    const { of } = check(['a.css', 'assets/index-DiwrgTda.js'], [], { cdn: false });
    expect(of('a.css')?.['cache-control']).toBe('public, max-age=0, must-revalidate');
    expect(of('assets/index-DiwrgTda.js')?.['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('pieces of a stream are told from sources by their playlist', () => {
    const { of } = check(['live/hi/0.ts', 'live/index.m3u8', 'src/a.ts']);
    expect(of('live/hi/0.ts')?.['content-type']).toBe('video/mp2t');
    expect(of('src/a.ts')?.['content-type']).toBe('text/plain; charset=utf-8');
  });

  test.each(['a.js.gz', 'b.js.gz'])('a packed script is unpacked by browsers, beside its twin or alone: %s', (key) => {
    const { of } = check(['a.js', 'a.js.gz', 'b.js.gz']);
    expect(of(key)).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/javascript; charset=utf-8' });
  });

  test('a text that was packed under its plain name says so, and nothing else of that is kept', () => {
    const file = { key: 'a.css', source: 'a.css', size: 1, sha256: '0'.repeat(64), packed: 'gzip' } as const;
    const settings = { spa: null, notFound: '404.html', cdn: true, cleanUrls: true };
    const [asset] = describeAssets({ files: [file], settings, statements: [] });
    expect(asset?.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/css; charset=utf-8' });
    expect(asset).not.toHaveProperty('packed');
  });

  test("a generator's rules stand between the defaults and the config", () => {
    const keys = ['_astro/a.abcdefgX.js', 'x/a.1a2b3c4d.js', '_astro/b.bcdefghX.js'];
    const naming = { fingerprinted: [/^_astro\//], mutable: [/^x\//] };
    const settings = { spa: null, notFound: '404.html', cdn: true, cleanUrls: true };
    const headers = [rule('**/b.*', { 'cache-control': 'no-cache' })];
    const files = keys.map((key) => ({ key, source: key, size: 1, sha256: '0'.repeat(64) }));
    const { stored } = planHeaders({
      settings: { ...settings, headers, basePath: '', securityHeaders: false },
      text: null,
      notFoundKey: '404.html',
    });
    const assets = describeAssets({ files, naming, settings, statements: stored });
    expect(assets.map((asset) => asset.headers['cache-control'])).toEqual([
      'public, max-age=31536000, immutable',
      mutable,
      'no-cache',
    ]);
  });
});

describe('header rules', () => {
  test('for one header the last match wins, others add up', () => {
    const { of } = check(
      ['a.html'],
      [
        rule('**/*.html', { 'cache-control': 'max-age=1', 'content-language': 'en' }),
        rule('/a', { 'cache-control': 'max-age=2' }),
        rule('b.html', { 'cache-control': 'max-age=3' }),
      ],
    );
    expect(of('a.html')).toMatchObject({ 'cache-control': 'max-age=2', 'content-language': 'en' });
  });

  test('a header is taken away, and a later rule may set it again', () => {
    const keys = ['a.txt', 'b.txt'];
    const { of } = check(keys, [rule('*', {}, ['cache-control']), rule('b.*', { 'cache-control': 'no-store' })]);
    expect(of('a.txt')).toEqual({ 'content-type': 'text/plain; charset=utf-8' });
    expect(of('b.txt')?.['cache-control']).toBe('no-store');
  });

  test.each([
    ['/about', 'about.html', {}, true],
    ['/about/', 'about.html', {}, true],
    ['/about.html', 'about.html', {}, true],
    ['/about', 'about.html', { cleanUrls: false }, false],
    ['/docs/', 'docs/index.html', { cleanUrls: false }, true],
    ['/docs', 'docs/index.html', {}, true],
    ['/', 'index.html', {}, true],
    ['/docs/*', 'docs/a/b.png', {}, true],
    ['/docs/*', 'docs/index.html', {}, true],
    ['/logo', 'logo.svg', {}, false],
    ['/caf%C3%A9', 'caf\u00e9.html', {}, true],
  ])('the URL pattern %s and %s', (match, key, settings, expected) => {
    const { of } = check([key], [rule(match, { expires: '0' })], settings);
    expect(of(key)?.expires === '0').toBe(expected);
  });

  test('what an object cannot carry goes elsewhere', () => {
    const { of } = check(['a.html'], [rule('/*', { 'x-frame-options': 'DENY', 'x-amz-meta-team': 'web' }, ['link'])]);
    expect(of('a.html')?.['x-frame-options']).toBeUndefined();
    expect(of('a.html')?.['x-amz-meta-team']).toBe('web');
  });

  test.each([
    ['/files/:name', 'files/a b.pdf', 'attachment; filename="a%20b.pdf"'],
    ['/:name', 'a";x="b.pdf', 'attachment; filename="a%22%3Bx%3D%22b.pdf"'],
    ['/files/*', 'files/a.pdf', 'attachment; filename=":name"'],
  ])('a placeholder of %s is what it caught of %s, encoded', (match, key, expected) => {
    const { of } = check([key], [rule(match, { 'content-disposition': 'attachment; filename=":name"' })]);
    expect(of(key)?.['content-disposition']).toBe(expected);
  });
});
