import type { EdgeSource } from '../model/edge-source.ts';
import type { Settings } from '../model/settings.ts';

/** What a site's edge programs are made of, besides its keys. */
export function edgeSource(settings: Settings, notFound: string): EdgeSource {
  const { prefix, cleanUrls, trailingSlash, spa } = settings;
  return {
    ...{ prefix, cleanUrls, trailingSlash, spa, notFound },
    ...{ hosts: [], redirects: [], headers: [], auth: null, maintenance: null },
    handlers: { viewerRequest: null, viewerResponse: null },
    index: 'auto',
  };
}
