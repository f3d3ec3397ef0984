import type { WireResponse } from '../../wire.ts';
import { answerXml, noContent } from '../answer.ts';
import { bodyOf, type Call, type Operations, requireMatch } from '../call.ts';
import { checkShape } from '../check-shape.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { isTrue, textAt } from '../tree.ts';
import { checkDistribution } from './check-distribution.ts';
import { distributionShape } from './distribution-shape.ts';
import { fillDefaults } from './fill-defaults.ts';
import { findDistribution } from './find-distribution.ts';
import { nextTouched } from './next-touched.ts';
import { redeploy } from './redeploy.ts';
import { requireForUpdate } from './require-for-update.ts';
import { statusOf, writeDistribution } from './write-distribution.ts';

/** The operations that change and delete distributions. */
export const distributionChanges = {
  UpdateDistribution: updateDistribution,
  DeleteDistribution: deleteDistribution,
} as const satisfies Operations;

/** UpdateDistribution: "The new configuration replaces the existing configuration. The values […] are not merged." */
function updateDistribution(call: Call): WireResponse {
  const found = findDistribution(call, call.params.Id);
  const given = bodyOf(call, 'DistributionConfig');
  checkShape(given, distributionShape, 'DistributionConfig');
  requireMatch(call, found.etag);
  // "You can't change the value of CallerReference." [dts UpdateDistribution]
  if (textAt(given, 'CallerReference') !== textAt(found.config, 'CallerReference')) {
    throw cloudFrontFault('IllegalUpdate');
  }
  requireForUpdate(given);
  const config = fillDefaults(given);
  checkDistribution(call, config, found.id);
  const updated = redeploy(call.cloud, { ...found, config, touched: nextTouched(call.cloud.state) });
  call.cloud.changed();
  return answerXml({ root: 'Distribution', tree: writeDistribution(call.cloud, updated), etag: updated.etag });
}

/** DeleteDistribution: only when disabled and deployed, else DistributionNotDisabled 409 [facts 1.1]. */
function deleteDistribution(call: Call): WireResponse {
  const found = findDistribution(call, call.params.Id);
  requireMatch(call, found.etag);
  if (isTrue(found.config, 'Enabled') || statusOf(call.cloud, found) !== 'Deployed') {
    throw cloudFrontFault('DistributionNotDisabled');
  }
  call.cloud.state.distributions.delete(found.id);
  call.cloud.state.invalidations.delete(found.id);
  call.cloud.state.tags.delete(found.arn);
  call.cloud.changed();
  return noContent;
}
