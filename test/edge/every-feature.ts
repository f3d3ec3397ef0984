import type { EdgeSource } from '../../src/model/edge-source.ts';
import { makeOrigin } from '../support/make-origin.ts';
import { compileSite, type SiteAtEdge } from './open-site.ts';

const keys = ['index.html', '404.html', 'fr/404.html', 'closed.html', 'docs/index.html', 'LICENSE'];

/** Sites that together use everything that a text can hold. */
export const everySite: readonly SiteAtEdge[] = [
  { keys: ['index.html', 'docs/index.html'] },
  { keys, source: { cleanUrls: false, trailingSlash: false, spa: 'index.html', index: 'never' } },
  {
    keys,
    source: { trailingSlash: true, hosts: ['a.example', 'b.example'] },
    redirects: '/old /new\n/x/:y/* /:y/:splat 302',
  },
  everything({ origins: [makeOrigin(['/api/*', '/v?/*'])] }),
  everything({ auth: null, maintenance: { page: null, allow: [] } }),
];

function everything(source: Partial<EdgeSource>): SiteAtEdge {
  const many = Array.from({ length: 200 }, (_, i) => `/old/${i} /new/${i}`).join('\n');
  return {
    keys,
    redirects: `${many}\n/docs/* /manual/:splat\n/q id=:id /of/:id 301! Country=CH Language=de Cookie=a\n/away /404.html 410`,
    source: {
      hosts: ['a.example', 'b.example'],
      auth: { paths: ['/private/*'], users: ['ann'], jwt: true },
      maintenance: { page: 'closed.html', allow: ['203.0.113.7'] },
      headers: [{ pattern: '^/docs/([^/]*)$', captures: ['x'], set: [['x-doc', ':x']], unset: ['x-old'] }],
      handlers: {
        viewerRequest: 'async function handler(event) { return event.request; }',
        viewerResponse: 'function handler(event) { return event.response; }',
      },
      index: 'needed',
      ...source,
    },
  };
}

/** Every text of theirs, traced and not. */
export const everyText: readonly string[] = everySite
  .flatMap((site): readonly SiteAtEdge[] => [site, { ...site, trace: 'on' }])
  .map((site) => compileSite(site).program)
  .flatMap(({ viewerRequest, viewerResponse }) => [viewerRequest, viewerResponse ?? '']);
