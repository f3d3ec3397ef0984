import { expect, test } from 'vitest';
import { checkConfig } from '../../src/config/check-config.ts';

test('a config with every key is right', () => {
  const config = {
    $schema: 'https://example.com/schema.json',
    site: 'docs',
    dir: 'dist',
    account: '111122223333',
    region: 'eu-west-1',
    profile: 'work',
    bucket: 'docs-bucket',
    prefix: 'docs/',
    headers: [{ match: '**/*.html', set: { 'Cache-Control': 'max-age=1' }, unset: ['Expires'] }, { match: '/x' }],
    redirects: [
      { from: '/a', to: '/b' },
      {
        ...{ from: '/s', to: '/t/:q', status: 302, force: true, query: { q: ':q' } },
        ...{ country: 'de', language: ['fr', 'pt-br'], cookie: 'beta' },
      },
    ],
    basePath: '/docs',
    manage: 'content',
    distribution: 'E2QWRUHAPOMQZL',
    redirectsDialect: 'cloudflare',
    cleanUrls: false,
    trailingSlash: 'auto',
    spa: 'app.html',
    notFound: 'lost.html',
    securityHeaders: false,
    retention: { assets: '30d', releases: 5 },
    invalidation: { maxItems: 10 },
    wait: false,
    ignore: ['*.map'],
    cdn: false,
    env: { staging: { headers: [], retention: { assets: '1d' } } },
  };
  expect(checkConfig(config)).toEqual({ kind: 'config', config });
  expect(checkConfig({})).toEqual({ kind: 'config', config: {} });
});

test.each<[unknown, string, string]>([
  [[], '', 'expected object, found array'],
  ['x', '', 'expected object, found "x"'],
  [{ retention: [] }, 'retention', 'expected object, found array'],
  [{ env: [] }, 'env', 'expected object, found array'],
  [{ headers: [{ match: '*', set: [] }] }, 'headers.0.set', 'expected object, found array'],
  [null, '', 'expected object, found null'],
  [{ hedaers: [] }, 'hedaers', 'unknown key; did you mean headers?'],
  [{ domains: [] }, 'domains', 'unknown key; known are $schema, site,'],
  [{ site: 5 }, 'site', 'expected string, found 5'],
  [{ site: 'My Site' }, 'site', 'only lower-case letters, digits and - are allowed'],
  [{ account: 111122223333 }, 'account', 'expected string, found 111122223333'],
  [{ securityHeaders: { a: 'x', A: false } }, 'securityHeaders', 'one header stands here twice'],
  [{ securityHeaders: { 'x-frame-options': '' } }, 'securityHeaders.x-frame-options', 'a header value is not empty'],
  [{ headers: {} }, 'headers', 'expected array, found object'],
  [{ redirects: [{ from: '/a' }] }, 'redirects.0.to', 'to is missing'],
  [{ redirects: [{ from: '/a b', to: '/c' }] }, 'redirects.0.from', 'no white space'],
  [{ redirects: [{ from: '/a', to: '/c', status: 500 }] }, 'redirects.0.status', 'expected 200 or 301 or'],
  [{ redirects: [{ from: '/a', to: '/c', counrty: 'de' }] }, 'redirects.0.counrty', 'did you mean country?'],
  [{ redirectsDialect: 'vercel' }, 'redirectsDialect', 'expected "netlify" or "cloudflare"'],
  [{ headers: [{ set: {} }] }, 'headers.0.match', 'match is missing'],
  [{ headers: [{ match: '*', set: 'x' }] }, 'headers.0.set', 'expected object, found "x"'],
  [{ headers: [{ match: '*', set: { 'a b': 'x' } }] }, 'headers.0.set.a b', 'this is no header name'],
  [{ headers: [{ match: '*', set: { a: 'x\ny' } }] }, 'headers.0.set.a', 'a header value has no line breaks'],
  [{ headers: [{ match: '*', set: { a: 'x', A: 'y' } }] }, 'headers.0.set', 'one header stands here twice'],
  [
    { headers: [{ match: '*', set: { a: 'x' }, unset: ['A'] }] },
    'headers.0',
    'a header cannot be set and unset by one rule',
  ],
  [{ auth: { paths: ['/a'] } }, 'auth', 'nobody could come in'],
  [{ auth: { paths: ['private'], jwt: { key: { env: 'K' } } } }, 'auth.paths.0', 'a guarded path looks like'],
  [{ auth: { paths: ['/a'], users: { 'a:b': { env: 'P' } } } }, 'auth.users.a:b', 'a user has a name without a colon'],
  [{ maintenance: { allow: ['me'] } }, 'maintenance.allow.0', 'this is no IP address'],
  [{ trailingSlash: 'never' }, 'trailingSlash', 'expected "auto" or boolean, found "never"'],
  [{ spa: 5 }, 'spa', 'expected boolean or string, found 5'],
  [{ spa: '/app.html' }, 'spa', 'it must not begin with /'],
  [{ retention: { assets: '30 days' } }, 'retention.assets', 'a duration looks like 30s, 5m, 12h or 14d'],
  [{ retention: { release: 1 } }, 'retention.release', 'unknown key; did you mean releases?'],
  [{ retention: { releases: 0 } }, 'retention.releases', 'a whole number from 1 to 1000 is needed'],
  [{ invalidation: { maxItems: 1.5 } }, 'invalidation.maxItems', 'a whole number from 1 to 3000 is needed'],
  [{ env: { 'Pro d': {} } }, 'env.Pro d', 'only lower-case letters, digits and - are allowed'],
  [{ env: { a: { env: {} } } }, 'env.a.env', 'unknown key;'],
  [{ env: { a: { bucket: 'X' } } }, 'env.a.bucket', 'a bucket name has'],
  [{ site: 'x'.repeat(30), env: { staging: {} } }, 'env.staging', 'its site would be'],
])('%j', (value, path, message) => {
  const result = checkConfig(value);
  if (result.kind === 'config') throw new Error('a problem was expected');
  expect(result.problems).toHaveLength(1);
  expect(result.problems[0]?.path.join('.')).toBe(path);
  expect(result.problems[0]?.message).toContain(message);
});

test('an environment with a site of its own may have any name', () => {
  expect(checkConfig({ site: 'x'.repeat(30), env: { staging: { site: 'short' } } }).kind).toBe('config');
});

test('all problems are told at once', () => {
  const result = checkConfig({
    site: 1,
    cdn: 'yes',
    retention: { assets: 'x', releases: -1 },
    what: 1,
    env: { a: { site: 'A' } },
  });
  expect(result).toMatchObject({ kind: 'problems', problems: expect.arrayContaining([]) });
  expect(result.kind === 'problems' && result.problems.map(({ path }) => path.join('.')).sort()).toEqual([
    'cdn',
    'env.a.site',
    'retention.assets',
    'retention.releases',
    'site',
    'what',
  ]);
});

test.each(['short', 123456789012, ['a password in a list']])(
  'what is said of the password %j does not repeat it',
  (password) => {
    const result = checkConfig({ site: 'docs', auth: { paths: ['/a'], users: { ann: password } } });
    expect(result.kind).toBe('problems');
    expect(JSON.stringify(result)).toContain('a password has 12 characters or more');
    expect(JSON.stringify(result)).not.toMatch(/short|123456789012|in a list/);
  },
);
