import type { EdgeOrigin, EdgeSource } from '../model/edge-source.ts';
import type { RedirectRule } from '../model/redirect-rule.ts';
import type { Settings } from '../model/settings.ts';
import type { PlacedHeaders } from '../plan/headers/place-headers.ts';

/** What a site's edge programs are made of, besides its keys. */
export function edgeSource(site: {
  readonly settings: Settings;
  /** Key of the page that answers for what is not there. */
  readonly notFound: string;
  readonly headers: Pick<PlacedHeaders, 'policy' | 'viewer'>;
  readonly redirects: readonly RedirectRule[];
  /** What other servers answer. */
  readonly origins: readonly EdgeOrigin[];
  /** Texts of the user's own functions. */
  readonly handlers: EdgeSource['handlers'];
}): EdgeSource {
  const { notFound, headers, redirects, origins, handlers } = site;
  const { prefix, basePath, cleanUrls, trailingSlash, spa, auth, maintenance } = site.settings;
  return {
    ...{ prefix, basePath, cleanUrls, trailingSlash, spa, notFound },
    ...{ hosts: [], redirects, handlers, maintenance, origins },
    auth: auth && { paths: auth.paths, users: Object.keys(auth.users), jwt: auth.jwt !== null },
    ...{ policy: headers.policy, headers: headers.viewer },
    // An API's own 404 must reach the viewer, so the distribution cannot show a page for it.
    index: origins.length > 0 ? 'needed' : 'auto',
  };
}
