import type { InfraStep } from '../../model/infrastructure.ts';
import type { Cdn, Clock } from '../../model/ports.ts';
import type { Resolved } from '../../model/ref.ts';
import type { CloudFrontContext } from './cloudfront-context.ts';
import { deletePolicy } from './delete-policy.ts';
import { createDistribution, updateDistribution } from './distributions.ts';
import { getDistribution } from './find-distribution.ts';
import { publishFunction } from './functions.ts';
import { inspectCdn } from './inspect-cdn.ts';
import { inspectForeign } from './inspect-foreign.ts';
import { createInvalidation, getInvalidation } from './invalidations.ts';
import { createOac } from './origin-access-control.ts';
import { createCachePolicy, createHeadersPolicy } from './policies.ts';
import { createStore } from './stores.ts';

/** The distribution and its companions, over the AWS SDK. */
export const cloudFrontCdn = (context: CloudFrontContext, clock: Clock): Cdn => ({
  inspect: (names) => inspectCdn(context, names),
  inspectForeign: (place) => inspectForeign(context, place),
  run: (step, resolved) => runStep(context, clock, step, resolved),
  invalidate: (distributionId, items, callerReference) =>
    createInvalidation(context, { distributionId, items, callerReference }),
  invalidation: (distributionId, id) => getInvalidation(context, distributionId, id),
  status: async (distributionId) => (await getDistribution(context, distributionId, hideAll))?.status ?? 'gone',
});

/** Where nothing is compared. */
const hideAll = (): string => '';

function runStep(context: CloudFrontContext, clock: Clock, step: InfraStep, resolved: Resolved): Promise<Resolved> {
  switch (step.kind) {
    case 'createStore':
      return createStore(context, clock, step);
    case 'createFunction':
    case 'updateFunction':
      return publishFunction(context, clock, step, resolved);
    case 'createOac':
      return createOac(context, step.name);
    case 'createCachePolicy':
      return createCachePolicy(context, step);
    case 'createHeadersPolicy':
      return createHeadersPolicy(context, step.name, step.content);
    case 'deletePolicy':
      return deletePolicy(context, step);
    case 'createDistribution':
      return createDistribution(context, step, resolved);
    case 'updateDistribution':
      return updateDistribution(context, step, resolved);
    default:
      throw new Error(`${step.kind} is not a step of the distribution`);
  }
}
