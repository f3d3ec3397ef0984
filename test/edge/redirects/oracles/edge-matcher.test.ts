import redirector from 'netlify-redirector';
import { describe, expect, test } from 'vitest';
import { readRedirects } from '../../../../src/edge/redirects/read-redirects.ts';
import { edgeMatcher, type ViewerRequest } from './edge-matcher.ts';

// The function that is published is asked the same as Netlify's own matcher; what the rules mean is held by its neighbours.

const paths = [
  ...[
    '/a',
    '/a/',
    '/a/b',
    '/a/b/',
    '/a/b/c',
    '/a/b/c/',
    '/a/c',
    '/a/b/b/c',
    '/a1/c',
    '/ab',
    '/foo',
    '/foo/',
    '/foobar',
  ],
  ...['/foobar/', '/foo/bar', '/x.txt', '/d/x.txt', '/c', '/x/c', '/x/x', '/x/y/', '/img/a.png', '/p/1', '/A'],
];

const sources = [
  ...['/a', '/a/', '/a/*', '/a/*/', '/a/*/c', '/foo*', '/*', '/*/c', '/a/*/b/*', '/:x', '/:x/', '/:x/y', '/:x/*'],
  ...['/:x/:y', '/:x/:x', '/a/:x/*', '/:1', '/p/:post-id'],
];

const requests: readonly ViewerRequest[] = [
  ...paths.map((path) => ({ path })),
  ...['q=1', 'q=2', 'q=1&r=2', 'r=2&q=1', 'r=1'].map((query) => ({ path: '/s', query })),
  ...['DE', 'US', 'FR'].flatMap((country) => ['/a', '/geo'].map((path) => ({ path, country }))),
  ...['fr', 'pt-br', 'pt', 'de'].map((language) => ({ path: '/lang', language })),
  ...['beta', 'old'].map((cookie) => ({ path: '/cookie', cookie })),
];

/** What both make of every request that a redirect of Netlify's takes, and of those that none takes. */
async function ask(text: string): Promise<{ readonly ours: readonly string[]; readonly theirs: readonly string[] }> {
  const edge = edgeMatcher(readRedirects({ text, file: '_redirects', dialect: 'netlify' }).rules);
  const matcher = await redirector.parsePlain(`${text}\n`, {});
  const theirs = requests.map((request) => {
    const { path, query = '', country = '', language = '', cookie } = request;
    const headers = new Map([
      ['x-country', country.toLowerCase()],
      ['x-language', language],
    ]);
    const found = matcher.match({
      ...{ scheme: 'https', host: 'e.com', path, query },
      getHeader: (name) => headers.get(name.toLowerCase()) ?? '',
      getCookie: (name) => (name === cookie ? '1' : ''),
    });
    // Netlify's server, not its matcher, keeps a query where the destination has none of its own.
    return `${path}?${query} ${found ? `${found.status} ${found.to}${query === '' ? '' : `?${query}`}` : 'none'}`;
  });
  const ours = requests.map(async (request) => {
    const answer = await edge(request);
    return `${request.path}?${request.query ?? ''} ${answer.startsWith('/') ? 'none' : answer}`;
  });
  return { ours: await Promise.all(ours), theirs };
}

describe('the published function leads where Netlify leads', () => {
  test.each(sources)('from %s', async (source) => {
    const { ours, theirs } = await ask(`${source} /t/:splat/:x/:y/:1/:post-id 302`);
    expect(ours).toEqual(theirs.map(oneSlash));
  });

  test.each([
    '/a /x 301\n/a /y 302',
    '/a/* /x/:splat\n/a/b /y 301!',
    '/a/b /y 301!\n/a/* /x/:splat',
    '/:x /one/:x\n/* /rest/:splat',
    '/* /login 302',
    '/s q=1 /one\n/s q=:v /any/:v\n/s /none',
    '/s q=1 r=:r /two/:r 302',
    '/geo /x 302 Country=de,us\n/geo /y',
    '/lang /x 302 Language=fr\n/lang /p 302 Language=pt\n/lang /y',
    '/cookie /x 302 Cookie=beta\n/cookie /y',
    'https://e.com/a /host\n/a /any',
    'https://other.com/a /host\n/a /any',
  ])('in the order of %j', async (text) => {
    const { ours, theirs } = await ask(text);
    expect(ours).toEqual(theirs.map(oneSlash));
  });
});

test('rules at the top of a file go before hundreds that lie in the store, and those at its end after them', async () => {
  const many = Array.from({ length: 400 }, (_, n) => `/old/${n} /new/${n} 301`);
  const text = ['https://e.com/old/7 /home 302', ...many, '/old/* /archive/:splat 302'].join('\n');
  const edge = edgeMatcher(readRedirects({ text, file: '_redirects', dialect: 'netlify' }).rules);
  const found = await Promise.all(['/old/7', '/old/8', '/old/8/', '/old/400'].map((path) => edge({ path })));
  expect(found).toEqual(['302 /home', '301 /new/8', '301 /new/8', '302 /archive/400']);
});

/** Slashes in a row, which a splat of nothing leaves behind, become one at the edge: two would begin another host. */
const oneSlash = (answer: string): string => answer.replace(/\/{2,}/g, '/');
