import type { EdgeSource } from '../model/edge-source.ts';
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
}): EdgeSource {
  const { notFound, headers, redirects } = site;
  const { prefix, cleanUrls, trailingSlash, spa } = site.settings;
  return {
    ...{ prefix, cleanUrls, trailingSlash, spa, notFound },
    ...{ hosts: [], redirects, auth: null, maintenance: null, origins: [] },
    ...{ policy: headers.policy, headers: headers.viewer },
    handlers: { viewerRequest: null, viewerResponse: null },
    index: 'never',
  };
}
