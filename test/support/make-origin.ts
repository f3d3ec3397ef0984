import type { EdgeOrigin } from '../../src/model/edge-source.ts';

/** Another server that answers these paths, of which nothing is kept. */
export const makeOrigin = (patterns: readonly string[], given: Partial<EdgeOrigin['server']> = {}): EdgeOrigin => ({
  patterns,
  rule: null,
  server: { url: 'https://api.example.com', cacheSeconds: 0, timeoutSeconds: 30, secret: null, ...given },
});
