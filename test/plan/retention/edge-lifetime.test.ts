import { expect, test } from 'vitest';
import { edgeLifetimeSeconds } from '../../../src/plan/retention/edge-lifetime.ts';

const day = 86_400;

test.each([
  ['public, max-age=0, s-maxage=86400, must-revalidate', 2 * day],
  ['public, max-age=31536000, immutable', 365 * day],
  ['max-age=60, s-maxage=604800', 7 * day],
  ['max-age=604800, s-maxage=60', 2 * day],
  ['S-MaxAge="864000"', 10 * day],
  ['max-age=99999999999', 365 * day],
  ['no-store', 2 * day],
  [undefined, 2 * day],
])('%s', (control, seconds) => {
  expect(edgeLifetimeSeconds(control === undefined ? {} : { 'cache-control': control })).toBe(seconds);
});
