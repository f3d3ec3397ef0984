import { ann, basic, type FeatureTable, keys, table } from '../feature-table.ts';
import type { SiteAtEdge } from '../open-site.ts';

const auth = { paths: ['/docs/private/*', '/report.html', '/secret'], users: ['ann'], jwt: false };

const site: SiteAtEdge = {
  keys: [...keys, 'report.html', 'secret/index.html', 'secret.html', 'docs/private.html'],
  source: { auth, hosts: ['example.com', 'www.example.com'] },
  redirects: '/in/* /docs/private/:splat 200\n/docs/private/old /new 301!\n/to-report /report 200',
  secrets: { users: { ann: 'correct horse battery' } },
};

/** Who may see a part of a site. */
export const authTables: readonly FeatureTable[] = [
  table('auth: asks wherever a guarded path is meant', site, [
    ['/docs/private/', '401'],
    ['/docs/private', '401'],
    ['/docs/private.html', '401'],
    ['/docs/private/index', '401'],
    ['/docs//private/', '401'],
    ['/docs/%70rivate/', '401'],
    ['/docs/%50rivate/', '404 404.html'],
    ['/docs%2Fprivate%2F', '401'],
    ['/docs/private/%0A', '401'],
    ['/docs/private/gone.js', '401'],
    ['/docs/x/../private/', '404 404.html'],
    ['/docs/private/old', '401'],
    ['/in/', '401'],
    ['/in/index.html', '401'],
    ['/report', '401'],
    ['/report.html', '401'],
    ['/report/', '401'],
    ['/report/index.html', '401'],
    ['/to-report', '401'],
    ['/secret', '401'],
    ['/secret/', '401'],
    ['/secret.html', '401'],
    ['/secret/index.html', '401'],
    [{ path: '/docs/private/', method: 'POST' }, '401'],
    [{ path: '/docs/private/', method: 'HEAD' }, '401'],
    [{ path: '/docs/private/', host: 'www.example.com' }, '301 https://example.com/docs/private/'],
    ['/docs/', '200 docs/index.html'],
    ['/docs/privateer', '301 /docs/privateer/'],
  ]),
  table('auth: lets in who knows the password', site, [
    [{ path: '/docs/private/', headers: ann }, '200 docs/private/index.html'],
    [{ path: '/in/', headers: ann }, '200 docs/private/index.html'],
    [{ path: '/docs/private/old', headers: ann }, '301 /new'],
    [{ path: '/report.html', headers: ann }, '301 /report'],
    [{ path: '/docs/private/', headers: basic('ann:wrong') }, '401'],
    [{ path: '/docs/private/', headers: basic('bob:correct horse battery') }, '401'],
    [{ path: '/docs/private/', headers: basic('ann') }, '401'],
    [{ path: '/docs/private/', headers: basic(':correct horse battery') }, '401'],
    [{ path: '/docs/private/', headers: basic('../jwt:x') }, '401'],
    [{ path: '/docs/private/', headers: { authorization: 'Basic ????' } }, '401'],
    [{ path: '/docs/private/', headers: { authorization: 'Bearer a.b.c' } }, '401'],
  ]),
  table('auth: lets nobody in where the store says nothing', { ...site, store: { 'u/ann': null } }, [
    [{ path: '/docs/private/', headers: ann }, '401'],
  ]),
  table('auth: lets nobody in where the store says nonsense', { ...site, store: { 'u/ann': 'nonsense' } }, [
    [{ path: '/docs/private/', headers: ann }, '401'],
  ]),
];
