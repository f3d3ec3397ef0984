import { expect, test } from 'vitest';
import type { Outcome } from '../../src/model/outcome.ts';
import { renderCompute } from '../../src/report/render-compute.ts';

const outcomeOf = (resolved: Outcome['resolved']): Outcome => ({
  ...{ state: 'live', failed: [], error: undefined, uploadedBytes: 0, invalidations: [], warnings: [] },
  resolved,
});

test.each([
  ['nothing was published', undefined, false, /^$/],
  ['no function was published', outcomeOf({ 'function.arn': 'arn' }), false, /^$/],
  ['one function', outcomeOf({ 'compute.request': '12' }), false, /viewer-request 12 % +of the time that CloudFront/],
  [
    'both, in the local cloud',
    outcomeOf({ 'compute.request': '12', 'compute.response': '3' }),
    true,
    /viewer-request 12 % · viewer-response 3 % +estimated on this machine/,
  ],
])('%s', (_, outcome, local, expected) => {
  expect(renderCompute(outcome, { local }).join('\n')).toMatch(expected);
});
