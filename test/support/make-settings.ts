import type { Settings } from '../../src/model/settings.ts';

/** Complete settings with the defaults of a site called `docs`. */
export const makeSettings = (given: Partial<Settings> = {}): Settings => ({
  site: 'docs',
  siteSource: '--site',
  dir: '/work/docs/dist',
  channel: 'live',
  account: null,
  region: null,
  profile: null,
  bucket: null,
  prefix: '',
  headers: [],
  redirects: [],
  redirectsDialect: null,
  cleanUrls: true,
  trailingSlash: 'auto',
  spa: null,
  notFound: '404.html',
  securityHeaders: true,
  retention: { assetsSeconds: 30 * 86_400, releases: 20 },
  invalidation: { maxItems: 50 },
  ignore: [],
  cdn: true,
  wait: true,
  strict: false,
  ...given,
});
