import { ann, type FeatureTable, keys, table } from '../feature-table.ts';

const users = { users: { ann: 'correct horse battery' } };
const auth = { paths: ['/docs/private/*'], users: ['ann'], jwt: false };
const hosts = ['example.com', 'www.example.com'];
const maintenance = { page: null, allow: ['203.0.113.7'] };

const shown = { ...maintenance, page: 'closed.html' };

const forDocs = { pattern: '^/docs/(.*)$', captures: ['name'], set: [['x-doc', ':name'] as const], unset: ['x-none'] };

const teapot = 'function handler(event) { return { statusCode: 418 }; }';

const stamp = `function handler(event) {
  event.response.headers['x-stamp'] = { value: event.request.uri };
  return event.response;
}`;

/** Where two features meet. */
export const pairTables: readonly FeatureTable[] = [
  table('auth and a single-page application', { keys, source: { auth, spa: 'index.html' }, secrets: users }, [
    ['/docs/private/view/7', '401'],
    ['/docs/view/7', '200 index.html'],
    [{ path: '/docs/private/view/7', headers: ann }, '200 index.html'],
  ]),
  table(
    'auth and the nearest 404 page',
    { keys: [...keys, 'docs/private/404.html'], source: { auth }, secrets: users },
    [
      ['/docs/private/gone', '401'],
      [{ path: '/docs/private/gone', headers: ann }, '404 docs/private/404.html'],
      ['/docs/gone', '404 404.html'],
    ],
  ),
  table('maintenance and auth', { keys, source: { auth, maintenance }, secrets: users, store: { maintenance: 'on' } }, [
    ['/docs/private/', '503'],
    [{ path: '/docs/private/', headers: ann }, '503'],
    [{ path: '/docs/private/', ip: '203.0.113.7' }, '401'],
    [{ path: '/docs/private/', ip: '203.0.113.7', headers: ann }, '200 docs/private/index.html'],
  ]),
  table('maintenance and a second host', { keys, source: { hosts, maintenance }, store: { maintenance: 'on' } }, [
    [{ path: '/docs/', host: 'www.example.com' }, '301 https://example.com/docs/'],
    [{ path: '/docs/', host: 'example.com' }, '503'],
  ]),
  table('a second host and clean URLs', { keys, source: { hosts } }, [
    [{ path: '/docs/index.html?a', host: 'www.example.com' }, '301 https://example.com/docs/index.html?a'],
    [{ path: '/docs/index.html?a', host: 'example.com' }, '301 /docs/?a'],
  ]),
  table(
    'a rule for everything and an application',
    { keys, source: { spa: 'index.html' }, redirects: '/* /about/ 200' },
    [
      ['/user/7', '200 about/index.html'],
      ['/gone.js', '200 about/index.html'],
      ['/docs/', '200 docs/index.html'],
    ],
  ),
  table(
    'a redirect and clean URLs that would go round',
    { keys, redirects: '/about /about/index.html 301!\n/x/* /x/:splat/' },
    [
      ['/about/', '200 about/index.html'],
      ['/about', '301 /about/'],
      ['/x/y', '301 /x/y/'],
    ],
  ),
  table('a rewrite and a slash never', { keys, source: { trailingSlash: false }, redirects: '/app/* /docs/ 200' }, [
    ['/app/1', '200 docs/index.html'],
    ['/docs/', '301 /docs'],
  ]),
  table(
    'a rewrite and headers of single files',
    { keys, source: { headers: [forDocs] }, redirects: '/way/* /docs/:splat 200\n/no/* /docs/ 404' },
    [
      ['/way/', '200 docs/index.html'],
      ['/docs/', '200 docs/index.html'],
      ['/no/1', '404 docs/index.html'],
      ['/app.js', '200 app.js'],
    ],
  ),
  table('auth and headers of single files', { keys, source: { auth, headers: [forDocs] }, secrets: users }, [
    ['/docs/private/', '401'],
    [{ path: '/docs/private/', headers: ann }, '200 docs/private/index.html'],
    ['/docs/', '200 docs/index.html'],
  ]),
  table(
    'redirects and the path index',
    {
      keys: [...keys, 'fr/404.html'],
      redirects:
        '/about /elsewhere\n/fr/old /fr/new\n/docs/* /manual/:splat 302\n/way/* /fr/:splat 200\n/about/x /docs 200!',
    },
    [
      ['/about/', '200 about/index.html'],
      ['/about', '301 /about/'],
      ['/fr/old', '301 /fr/new'],
      ['/fr/new', '404 fr/404.html'],
      ['/docs/', '200 docs/index.html'],
      ['/docs/gone', '302 /manual/gone'],
      ['/way/gone', '404 fr/404.html'],
      ['/about/x', '200 docs/index.html'],
      ['/gone', '404 404.html'],
    ],
  ),
  table(
    'auth and a rule for everything',
    { keys, source: { auth }, redirects: '/* /docs/private/ 200', secrets: users },
    [
      ['/gone', '401'],
      [{ path: '/gone', headers: ann }, '200 docs/private/index.html'],
      ['/docs/', '200 docs/index.html'],
    ],
  ),
  table(
    'maintenance and the nearest 404 page',
    { keys: [...keys, 'fr/404.html', 'closed.html'], source: { maintenance: shown }, store: { maintenance: 'on' } },
    [
      ['/fr/gone', '503 closed.html'],
      ['/%zz', '404 404.html'],
      [{ path: '/fr/gone', ip: '203.0.113.7' }, '404 fr/404.html'],
    ],
  ),
  table(
    'the user’s own function, a second host and maintenance',
    { keys, source: { hosts, maintenance, handlers: { viewerRequest: teapot, viewerResponse: null } } },
    [
      [{ path: '/docs/', host: 'www.example.com' }, '301 https://example.com/docs/'],
      [{ path: '/docs/', host: 'example.com' }, '418'],
    ],
  ),
  table(
    'the user’s own functions and headers of single files',
    { keys, source: { headers: [forDocs], handlers: { viewerRequest: null, viewerResponse: stamp } } },
    [
      ['/docs/', '200 docs/index.html'],
      ['/docs', '301 /docs/'],
      ['/gone.js', '404 404.html'],
    ],
  ),
];
