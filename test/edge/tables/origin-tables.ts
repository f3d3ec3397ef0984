import { makeOrigin } from '../../support/make-origin.ts';
import { ann, type FeatureTable, keys, table } from '../feature-table.ts';
import type { SiteAtEdge } from '../open-site.ts';

const origins = [makeOrigin(['/api/*'])];

const site: SiteAtEdge = {
  keys,
  source: { origins, index: 'needed', hosts: ['example.com', 'www.example.com'] },
  redirects: '/api/old /new 301!\n/* /index.html 200',
};

const guarded: SiteAtEdge = {
  ...site,
  source: { ...site.source, auth: { paths: ['/api/*'], users: ['ann'], jwt: false }, hosts: [] },
  secrets: { users: { ann: 'correct horse battery' } },
};

/** Paths that another server answers. */
export const originTables: readonly FeatureTable[] = [
  table('other origins: answer for themselves', site, [
    ['/api/users?id=7', '200 origin /api/users?id'],
    ['/api/a%2Fb', '200 origin /api/a%2Fb'],
    ['/api/old', '200 origin /api/old'],
    [{ path: '/api/x', method: 'DELETE' }, '200 origin /api/x'],
    [{ path: '/api/x', host: 'www.example.com' }, '301 https://example.com/api/x'],
    ['/api', '200 index.html'],
  ]),
  table('other origins: and 404 pages', { keys, source: { origins, index: 'needed' } }, [
    ['/gone', '404 404.html'],
    ['/api/gone', '200 origin /api/gone'],
    ['/docs', '301 /docs/'],
  ]),
  table('other origins: behind auth', guarded, [
    ['/api/x', '401'],
    ['/api//x', '401'],
    ['/api/%2e%2e/x', '404 404.html'],
    [{ path: '/api/x?y', headers: ann }, '200 origin /api/x?y'],
  ]),
];
