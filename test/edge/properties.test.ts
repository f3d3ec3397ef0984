import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalPath } from '../../src/edge/canonical-path.ts';
import type { EdgeSource } from '../../src/model/edge-source.ts';
import { everySite } from './every-feature.ts';
import { compileSite, inShort, openSite, type SiteAtEdge } from './open-site.ts';

const seed = 7;

/** Pieces that paths are made of by those who look for a way around. */
const piece = fc.constantFrom(
  ...[
    '/',
    '//',
    '\\',
    '%2F',
    '%5C',
    '%2e',
    '.',
    '..',
    '%00',
    '%0A',
    '%zz',
    '%',
    '%25',
    ';',
    '@',
    ':',
    'https:',
    '?',
    '?a=//evil.com',
  ],
  ...[
    'private',
    '%70rivate',
    'PRIVATE',
    'docs',
    'index',
    'index.html',
    '.html',
    'evil.com',
    'é',
    'e\u0301',
    ' ',
    '*',
    '.cdnpub',
    '_cdnpub/p',
  ],
);
const path = fc.array(piece, { minLength: 1, maxLength: 7 }).map((parts) => `/${parts.join('')}`);

const keys = [
  'index.html',
  '404.html',
  'docs/index.html',
  'private/index.html',
  'private/a.html',
  'private.html',
  'b.html',
];
const settings = fc.record({
  cleanUrls: fc.boolean(),
  trailingSlash: fc.constantFrom('auto' as const, true, false),
  spa: fc.constantFrom(null, 'index.html'),
  index: fc.constantFrom('auto' as const, 'needed' as const),
});
const redirects = '/in/* /private/:splat 200\n/to/* /:splat\n/x/:a/:b /:b/:a 302\n/docs/* /:splat 301!';

/** Compiled once for each way a site may be set up. */
function remembered(make: (source: Partial<EdgeSource>) => SiteAtEdge) {
  const known = new Map<string, ReturnType<typeof openSite>>();
  return (source: Partial<EdgeSource>) => {
    const name = JSON.stringify(source);
    const open = known.get(name) ?? openSite(make(source));
    known.set(name, open);
    return open;
  };
}

describe('whatever is asked', () => {
  test('auth is not walked around', async () => {
    const siteOf = remembered((source) => ({
      ...{ keys, redirects },
      source: { ...source, auth: { paths: ['/private/*'], users: ['ann'], jwt: true } },
    }));
    await fc.assert(
      fc.asyncProperty(settings, path, async (source, asked) => {
        const seen = await siteOf(source)(asked);
        expect(seen.key ?? '').not.toMatch(/^private/);
      }),
      { seed, numRuns: 400 },
    );
  });

  test('a closed site shows nothing', async () => {
    const siteOf = remembered((source) => ({
      ...{ keys: [...keys, 'closed.html'], redirects },
      source: { ...source, maintenance: { page: 'closed.html', allow: [] } },
      store: { maintenance: 'on' },
    }));
    await fc.assert(
      fc.asyncProperty(settings, path, async (source, asked) => {
        expect(inShort(await siteOf(source)(asked))).toMatch(/^(503 closed\.html|404 404\.html)$/);
      }),
      { seed, numRuns: 200 },
    );
  });

  test('no redirect leaves the site unless a rule says so', async () => {
    const siteOf = remembered((source) => ({
      keys,
      redirects,
      source: { ...source, hosts: ['a.example', 'b.example'] },
    }));
    const host = fc.constantFrom('a.example', 'b.example', 'evil.com');
    await fc.assert(
      fc.asyncProperty(settings, path, host, async (source, asked, from) => {
        const { headers } = await siteOf(source)({ path: asked, host: from });
        const location = headers.location ?? '/';
        expect(location).toMatch(/^(https:\/\/a\.example)?\/(?![/\\])[^\s\\?]*(\?.*)?$/);
        expect(new URL(location, 'https://a.example/x').host).toBe('a.example');
      }),
      { seed, numRuns: 400 },
    );
  });

  test('each key has one spelling, and what does not exist is the nearest 404 page', async () => {
    const all = [...keys, 'docs/404.html'];
    const siteOf = remembered((source) => ({ keys: all, source }));
    await fc.assert(
      fc.asyncProperty(settings, path, async ({ spa: _, ...source }, asked) => {
        const seen = await siteOf(source)(asked);
        if (seen.key === undefined) return;
        expect(all).toContain(seen.key);
        if (seen.status === 404) expect(seen.key).toMatch(/^(docs\/)?404\.html$/);
        expect(seen.uri).toBe(canonicalPath(seen.key));
      }),
      { seed, numRuns: 300 },
    );
  });
});

test('no site makes a text that does not load', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const name = text.map((one) => one.normalize('NFC').replace(/[/\0]/g, '_')).filter((one) => !/^\.{1,2}$/.test(one));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        fc.tuple(name, fc.constantFrom('', '.html', '/index.html', '/404.html')).map((parts) => parts.join('')),
        { maxLength: 6 },
      ),
      fc.array(fc.tuple(name, name)),
      fc.array(name, { maxLength: 3 }),
      async (build, rules, paths) => {
        const lines = rules.map(([from, to]) => `/${encodeURIComponent(from)}/* /${encodeURIComponent(to)}/:splat 302`);
        const site: SiteAtEdge = {
          keys: build,
          redirects: lines.join('\n'),
          source: {
            auth: { paths: paths.map((one) => `/x/${one}`), users: paths, jwt: false },
            hosts: ['a.example', ...paths],
          },
        };
        expect((await openSite(site)('/some/where/else')).status).toBeGreaterThan(0);
      },
    ),
    { seed, numRuns: 60 },
  );
});

test.each(everySite.map((site, i) => [i, site] as const))('site %i compiles to the same text every time', (_, site) => {
  expect(compileSite({ ...site, keys: site.keys.toReversed() }).program).toEqual(compileSite(site).program);
});
