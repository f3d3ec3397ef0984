import { type FeatureTable, keys, table } from '../feature-table.ts';
import type { SiteAtEdge } from '../open-site.ts';

const maintenance = { page: 'closed.html', allow: ['203.0.113.7'] };

const site: SiteAtEdge = {
  keys: [...keys, 'closed.html'],
  source: { maintenance, spa: 'index.html' },
  redirects: '/old /new 301!',
};

const closed = { ...site, store: { maintenance: 'on' } };

/** A site that is closed. */
export const maintenanceTables: readonly FeatureTable[] = [
  table('maintenance: off', site, [
    ['/docs/', '200 docs/index.html'],
    ['/old', '301 /new'],
  ]),
  table('maintenance: on: with any path', closed, [
    ['/docs/', '503 closed.html'],
    ['/user/7', '503 closed.html'],
    ['/old', '503 closed.html'],
    ['/app.js', '503 closed.html'],
    [{ path: '/', method: 'POST' }, '503 closed.html'],
    [{ path: '/docs/', ip: '203.0.113.7' }, '200 docs/index.html'],
    [{ path: '/old', ip: '203.0.113.7' }, '301 /new'],
  ]),
  table('maintenance: that cannot be told', { ...site, store: { maintenance: null } }, [['/docs/', '503 closed.html']]),
];
