import { describe, expect, test } from 'vitest';
import { resolveSettings } from '../../src/config/resolve.ts';
import type { ConfigFile } from '../../src/config/schema.ts';
import type { FlagValues } from '../../src/config/setting-layers.ts';
import type { CdnpubError } from '../../src/model/cdnpub-error.ts';

interface Given {
  readonly flags?: FlagValues;
  readonly env?: Record<string, string>;
  readonly config?: ConfigFile;
  readonly detected?: string;
}

const resolve = ({ flags = {}, env = {}, config, detected }: Given) =>
  resolveSettings({
    flags: { dir: '/w/dist', ...flags },
    env,
    file: config && { path: '/w/cdnpub.config.json', name: 'cdnpub.config.json', config },
    detected: detected === undefined ? undefined : { site: detected, source: 'package.json' },
  });

function refusal(given: Given): CdnpubError {
  try {
    resolve(given);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'E_CONFIG') return error as CdnpubError;
    throw error;
  }
  throw new Error('E_CONFIG was expected');
}

test('defaults', () => {
  expect(resolve({ detected: 'blog' })).toEqual({
    site: 'blog',
    siteSource: 'package.json',
    dir: '/w/dist',
    channel: 'live',
    account: null,
    region: null,
    profile: null,
    bucket: null,
    prefix: '',
    basePath: '',
    manage: 'all',
    distribution: null,
    headers: [],
    redirects: [],
    redirectsDialect: null,
    cleanUrls: true,
    trailingSlash: 'auto',
    spa: null,
    origins: [],
    auth: null,
    maintenance: null,
    edge: { viewerRequest: null, viewerResponse: null },
    notFound: '404.html',
    securityHeaders: true,
    retention: { assetsSeconds: 2_592_000, releases: 20 },
    invalidation: { maxItems: 50 },
    ignore: [],
    cdn: true,
    wait: true,
    strict: false,
  });
});

const content = { site: 'docs', manage: 'content', bucket: 'theirs' } as const;

test.each<[ConfigFile, object]>([
  [content, { manage: 'content', distribution: null, cdn: false }],
  [
    { ...content, distribution: 'E2QWRUHAPOMQZL' },
    { manage: 'content', distribution: 'E2QWRUHAPOMQZL', cdn: true },
  ],
  [{ ...content, distribution: 'E2QWRUHAPOMQZL', cdn: false }, { cdn: false }],
])('content alone, row %#', (config, expected) => {
  expect(resolve({ config })).toMatchObject(expected);
});

test.each<[ConfigFile, RegExp]>([
  [{ site: 'docs', manage: 'content' }, /makes no bucket/],
  [{ ...content, maintenance: {} }, /^maintenance: with "manage": "content"/],
  [{ ...content, auth: { paths: ['/*'], jwt: { key: { env: 'K' } } }, edge: {} }, /^auth, edge: with/],
  [{ site: 'docs', distribution: 'E2QWRUHAPOMQZL' }, /alters no distribution that it did not make/],
])('what does not go with who manages, row %#', (config, message) => {
  expect(() => resolve({ config })).toThrow(message);
});

test('pages of the build lie under the base path', () => {
  const pages = { notFound: 'lost.html', maintenance: { page: 'closed.html' } };
  expect(resolve({ config: { site: 'docs', basePath: '/docs/v1', spa: true, ...pages } })).toMatchObject({
    basePath: 'docs/v1/',
    spa: 'docs/v1/index.html',
    notFound: 'docs/v1/lost.html',
    maintenance: { page: 'docs/v1/closed.html', allow: [] },
  });
  expect(resolve({ config: { site: 'docs', basePath: '/' } })).toMatchObject({ basePath: '', notFound: '404.html' });
});

describe('order', () => {
  const config: ConfigFile = { site: 'from-file', region: 'file-1', env: { s: { region: 'overlay-1' } } };
  const all: Given = { flags: { region: 'flag-1', env: 's' }, env: { CDNPUB_REGION: 'var-1' }, config };

  test.each([
    [all, 'flag-1'],
    [{ ...all, flags: { env: 's' } }, 'var-1'],
    [{ ...all, flags: { env: 's' }, env: {} }, 'overlay-1'],
    [{ ...all, flags: {}, env: { CDNPUB_ENV: 's' } }, 'overlay-1'],
    [{ ...all, flags: {}, env: {} }, 'file-1'],
    [{ ...all, flags: {}, env: { CDNPUB_REGION: '' } }, 'file-1'],
    [{ ...all, flags: { env: 's', region: undefined }, env: {} }, 'overlay-1'],
  ])('row %#', (given, region) => {
    expect(resolve(given).region).toBe(region);
  });

  test('each variable reaches its setting', () => {
    const settings = resolve({
      flags: { dir: undefined },
      env: {
        CDNPUB_SITE: 'abc',
        CDNPUB_DIR: '/v/out',
        CDNPUB_ACCOUNT: '111122223333',
        CDNPUB_PROFILE: 'work',
        CDNPUB_BUCKET: 'my-bucket',
        CDNPUB_PREFIX: 'docs',
        CDNPUB_CDN: 'false',
        CDNPUB_WAIT: '0',
      },
    });
    expect(settings).toMatchObject({
      site: 'abc',
      siteSource: 'CDNPUB_SITE',
      dir: '/v/out',
      account: '111122223333',
      profile: 'work',
      bucket: 'my-bucket',
      prefix: 'docs/',
      cdn: false,
      wait: false,
    });
  });
});

test.each([
  { auth: { paths: ['/private/*'], users: { ann: { env: 'ANN_PW' } } } },
  { maintenance: {} },
  { edge: { viewerRequest: '/w/edge.js' } },
])('%j without CloudFront is refused: nothing would keep anybody out', (keys) => {
  const config: ConfigFile = { site: 'docs', cdn: false, ...keys };
  expect(() => resolve({ config })).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
  expect(resolve({ config: { ...config, cdn: true } }).cdn).toBe(true);
});

describe('environments', () => {
  test('objects merge, arrays replace', () => {
    const config: ConfigFile = {
      site: 'docs',
      ignore: ['a'],
      headers: [{ match: '*', set: { A: 'b' } }],
      retention: { assets: '1d', releases: 3 },
      env: { s: { ignore: ['b'], retention: { assets: '2d' }, spa: true } },
    };
    expect(resolve({ config, flags: { env: 's' } })).toMatchObject({
      site: 'docs-s',
      ignore: ['b'],
      headers: [{ match: '*', set: { a: 'b' }, unset: [] }],
      retention: { assetsSeconds: 172_800, releases: 3 },
      spa: 'index.html',
    });
    expect(resolve({ config })).toMatchObject({ site: 'docs', ignore: ['a'], spa: null });
  });

  test.each([
    [{ config: { site: 'docs', env: { s: {} } }, flags: { env: 's' } }, 'docs-s', 'cdnpub.config.json'],
    [{ config: { site: 'docs', env: { s: { site: 'own' } } }, flags: { env: 's' } }, 'own', 'cdnpub.config.json'],
    [{ config: { site: 'docs', env: { s: {} } }, flags: { env: 's', site: 'typed' } }, 'typed-s', '--site'],
    [{ config: { env: { s: {} } }, flags: { env: 's' }, detected: 'blog' }, 'blog-s', 'package.json'],
    [{ config: { site: 'docs' }, detected: 'blog' }, 'docs', 'cdnpub.config.json'],
  ])('the site of row %#', (given, site, siteSource) => {
    expect(resolve(given)).toMatchObject({ site, siteSource });
  });

  test('an unknown one lists those there are', () => {
    const config: ConfigFile = { site: 'docs', env: { staging: {}, preview: {} } };
    const error = refusal({ config, flags: { env: 'stagign' } });
    expect(error.message).toBe('--env: there is no environment "stagign"; cdnpub.config.json has staging, preview');
    expect(error.hints).toEqual(['did you mean staging?']);
    expect(refusal({ config: { site: 'docs' }, env: { CDNPUB_ENV: 'x' } }).message).toContain(
      'cdnpub.config.json has none',
    );
    expect(refusal({ detected: 'docs', flags: { env: 'constructor' } }).message).toContain('there is no config');
  });
});

test.each<[Given, string]>([
  [{ flags: { site: 'My Site' } }, '--site: "My Site"'],
  [{ env: { CDNPUB_SITE: 'ab' } }, 'CDNPUB_SITE: "ab"'],
  [
    { detected: 'x'.repeat(30), config: { env: { staging: {} } }, flags: { env: 'staging' } },
    'package.json and environment staging',
  ],
  [{ detected: 'blog', flags: { region: 'EU' } }, '--region: "EU"'],
  [{ detected: 'blog', env: { CDNPUB_ACCOUNT: '1' } }, 'CDNPUB_ACCOUNT: "1": an account id has 12 digits'],
  [{ detected: 'blog', flags: { bucket: 'A' } }, '--bucket'],
  [{ detected: 'blog', flags: { prefix: '/x' } }, '--prefix: "/x": it must not begin with /'],
  [{ detected: 'blog', flags: { preview: 'live' } }, '--preview: "live"'],
  [{ detected: 'blog', env: { CDNPUB_CDN: 'maybe' } }, 'CDNPUB_CDN: "maybe": expected true or false'],
  [{ detected: 'blog', flags: { dir: undefined } }, 'no folder is given'],
  [{}, 'the site has no name'],
])('a bad value is told with its source (row %#)', (given, message) => {
  expect(refusal(given).message).toContain(message);
});

describe('redirects', () => {
  const config: ConfigFile = {
    site: 'docs',
    redirects: [{ from: '/a', to: '/b' }],
    env: {
      s: { redirects: [{ from: '/c', to: '/d', status: 302, force: true, query: { q: '1' }, country: ['de'] }] },
      t: {},
    },
  };
  const plain = { status: null, force: false, query: {}, country: [], language: [], cookie: [] };
  const own = { from: '/c', to: '/d', status: 302, force: true, query: { q: '1' }, country: ['de'] };

  test.each([
    [undefined, { ...plain, from: '/a', to: '/b' }, 'redirects[0]'],
    ['t', { ...plain, from: '/a', to: '/b' }, 'redirects[0]'],
    ['s', { ...plain, ...own }, 'env.s.redirects[0]'],
  ])('of environment %s', (env, entry, place) => {
    expect(resolve({ config, flags: { env } }).redirects).toEqual([
      { ...entry, source: { file: 'cdnpub.config.json', line: null, entry: place } },
    ]);
  });
});

test('values come out as they are used', () => {
  const config: ConfigFile = {
    site: 'docs',
    prefix: 'cafe\u0301',
    spa: 'app.html',
    headers: [{ match: '/x', set: { 'Cache-Control': ' no-store ' }, unset: ['X-Powered-By'] }],
  };
  expect(resolve({ config, flags: { preview: 'pr-12', cdn: false } })).toMatchObject({
    prefix: 'caf\u00e9/',
    spa: 'app.html',
    headers: [{ match: '/x', set: { 'cache-control': 'no-store' }, unset: ['x-powered-by'] }],
    channel: 'pr-12',
    cdn: false,
  });
});

test('single security headers are changed or taken away, under names in lower case', () => {
  const config: ConfigFile = {
    site: 'docs',
    securityHeaders: { 'X-Frame-Options': false, 'Referrer-Policy': ' no-referrer ' },
  };
  expect(resolve({ config }).securityHeaders).toEqual({ 'x-frame-options': false, 'referrer-policy': 'no-referrer' });
});
