import redirector from 'netlify-redirector';
import { describe, expect, test } from 'vitest';
import { readRedirects } from '../../../../src/edge/redirects/read-redirects.ts';
import { matchRules } from '../match-rules.ts';

// Netlify's own matcher is asked the same: each source and many paths, then whole files in which the order decides.

const paths = [
  ...['/', '/a', '/a/', '/a/b', '/a/b/', '/a/b/c', '/a/b/c/', '/a/c', '/a/b/b/c', '/a1/c', '/ab', '/axb', '/a/xb'],
  ...['/foo', '/foo/', '/foobar', '/foobar/', '/foo/bar', '/x.txt', '/d/x.txt', '/.txt', '/c', '/x/c', '/x/x', '/x/y/'],
  ...['/img/a', '/img/a.png', '/pre-z', '/p/1', '/A', '/a.html', '/a/index.html'],
];

const sources = [
  ...['/', '/a', '/a/', '/a/*', '/a/*/', '/a/*/c', '/foo*', '/*', '/*/c', '/*/*', '/a/*/b/*', '/:x', '/:x/', '/:x/y'],
  ...[
    '/:x/*',
    '/:x/:y',
    '/:x/:x',
    '/a/:x/*',
    '/:1',
    '/p/:post-id',
    '/img/:name.png',
    '/*.txt',
    '/a*b',
    '/:x*',
    '/pre-:x',
  ],
];

/** Where cdnpub means something else, and why. */
const differences: Readonly<Record<string, string>> = {
  '/img/:name.png': 'Cloudflare knows a placeholder that is a part of a segment; Netlify takes :name.png for its name',
  '/pre-:x': 'Cloudflare knows a placeholder that is a part of a segment; to Netlify it is text',
  '/*.txt': 'text may follow a splat, as it may for Cloudflare; to Netlify it matches nothing',
  '/a*b': 'text may follow a splat, as it may for Cloudflare; to Netlify it matches nothing',
  '/*/*': 'of two splats the first takes as little as it can, as it does for Netlify in every other place',
  '/:x*': 'a splat may follow a placeholder; to Netlify it is a part of its name',
};

interface Asked {
  readonly path: string;
  readonly query?: string;
  readonly country?: string;
  readonly language?: string;
  readonly cookie?: string;
}

async function ask(text: string, requests: readonly Asked[]): Promise<{ ours: string[]; theirs: string[] }> {
  const { rules } = readRedirects({ text, file: '_redirects', dialect: 'netlify' });
  const matcher = await redirector.parsePlain(`${text}\n`, {});
  const theirs = requests.map(({ path, query = '', country = '', language = '', cookie = '' }) => {
    const headers = new Map([
      ['x-country', country],
      ['x-language', language],
      ['accept-language', language],
    ]);
    const found = matcher.match({
      ...{ scheme: 'https', host: 'e.com', path, query },
      getHeader: (name) => headers.get(name.toLowerCase()) ?? '',
      getCookie: (name) => (name === cookie ? '1' : ''),
    });
    return `${path}?${query} ${found ? `${found.to} ${found.status}${found.force ? '!' : ''}` : 'none'}`;
  });
  const ours = requests.map(({ path, query = '', country = '', language = '', cookie = '' }) => {
    const found = matchRules(rules, {
      ...{ host: 'e.com', path, query: new URLSearchParams(query), country: country.toUpperCase() },
      ...{ languages: language === '' ? [] : [language], cookies: cookie === '' ? [] : [cookie] },
    });
    const rule = found?.rule;
    return `${path}?${query} ${found ? `${found.to} ${rule?.status}${rule?.force === true ? '!' : ''}` : 'none'}`;
  });
  return { ours, theirs };
}

const target = '/t/:splat/:x/:y/:name/:1/:post-id';
const requests = paths.map((path) => ({ path }));

describe('a source matches what it matches for Netlify', () => {
  test.each(sources.filter((source) => !(source in differences)))('%s', async (source) => {
    const { ours, theirs } = await ask(`${source} ${target} 302`, requests);
    expect(ours).toEqual(theirs);
  });
});

test.each(Object.entries(differences))('%s: %s', async (source) => {
  const { ours, theirs } = await ask(`${source} ${target} 302`, requests);
  expect(ours).not.toEqual(theirs);
});

describe('the order of a file, and what a request must have', () => {
  const asked: readonly Asked[] = [
    ...paths.map((path) => ({ path })),
    ...['q=1', 'q=2', 'q=1&r=2', 'r=2&q=1', 'q=', 'r=1'].map((query) => ({ path: '/s', query })),
    ...['de', 'us', 'fr'].flatMap((country) => ['/', '/a', '/geo'].map((path) => ({ path, country }))),
    ...['fr', 'pt-br', 'pt', 'de'].map((language) => ({ path: '/lang', language })),
    ...['beta', 'old'].map((cookie) => ({ path: '/cookie', cookie })),
  ];

  test.each([
    '/a /x 301\n/a /y 302',
    '/a/* /x/:splat\n/a/b /y 301!',
    '/a/b /y 301!\n/a/* /x/:splat',
    '/:x /one/:x\n/* /rest/:splat',
    '/* /login 302',
    '/a /t/login 200\n/* /index.html 404',
    '/s q=1 /one\n/s q=:v /any/:v\n/s /none',
    '/s q=1 r=:r /two/:r 302',
    '/geo /x 302 Country=de,us\n/geo /y',
    '/lang /x 302 Language=fr\n/lang /p 302 Language=pt\n/lang /y',
    '/cookie /x 302 Cookie=beta\n/cookie /y',
    'https://e.com/a /host\n/a /any',
    'https://other.com/a /host\n/a /any',
    '/x/* /y/:splat 200!\n/x/c /never',
  ])('%j', async (text) => {
    const { ours, theirs } = await ask(text, asked);
    expect(ours).toEqual(theirs);
  });

  test('but names that begin alike are told apart: to Netlify :idx is :id and an x', async () => {
    const { ours, theirs } = await ask('/:id/:idx /:idx/:id', [{ path: '/1/2' }]);
    expect(ours).toEqual(['/1/2? /2/1 301']);
    expect(theirs).toEqual(['/1/2? /1x/1 301']);
  });

  test('and a parameter without = has an empty value, since CloudFront does not tell the two apart', async () => {
    const { ours, theirs } = await ask('/s q=:v /any/:v', [{ path: '/s', query: 'q' }]);
    expect(ours).toEqual(['/s?q /any/ 301']);
    expect(theirs).toEqual(['/s?q none']);
  });

  test('and a rule that leads to where it comes from is passed over: Netlify stops there', async () => {
    const { ours, theirs } = await ask('/b/* /b/:splat 301\n/b/* /c/:splat 301', [{ path: '/b/x' }]);
    expect(ours).toEqual(['/b/x? /c/x 301']);
    expect(theirs).toEqual(['/b/x? none']);
  });
});
