import { ann, type FeatureTable, keys, table } from '../feature-table.ts';

const users = { users: { ann: 'correct horse battery' } };
const auth = { paths: ['/docs/private/*'], users: ['ann'], jwt: false };
const hosts = ['example.com', 'www.example.com'];
const maintenance = { page: null, allow: ['203.0.113.7'] };

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
];
