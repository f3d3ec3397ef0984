import type { WireResponse } from '../../wire.ts';
import { answerXml, noContent } from '../answer.ts';
import { bodyOf, type Call, type Cloud, requireMatch } from '../call.ts';
import { checkShape } from '../check-shape.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import type { Distribution } from '../state.ts';
import { isTrue, textAt } from '../tree.ts';
import { checkDistribution } from './check-distribution.ts';
import { lastTouched } from './create-distribution.ts';
import { distributionShape } from './distribution-shape.ts';
import { fillDefaults } from './fill-defaults.ts';
import { findDistribution } from './find-distribution.ts';
import { requireForUpdate } from './require-for-update.ts';
import { statusOf, writeDistribution } from './write-distribution.ts';

/** UpdateDistribution: "The new configuration replaces the existing configuration. The values […] are not merged." */
export function updateDistribution(call: Call): WireResponse {
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
  const touched = lastTouched(call.cloud.state.distributions.values()) + 1;
  const updated = redeploy(call.cloud, { ...found, config, touched });
  call.cloud.changed();
  return answerXml({ root: 'Distribution', tree: writeDistribution(call.cloud, updated), etag: updated.etag });
}

/** DeleteDistribution: only when disabled and deployed, else DistributionNotDisabled 409 [facts 1.1]. */
export function deleteDistribution(call: Call): WireResponse {
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

/** Keeps a distribution that has changed: new ETag, InProgress again. Also when a policy that it uses has changed. */
export function redeploy(cloud: Cloud, distribution: Distribution): Distribution {
  const now = cloud.clock.now();
  const updated = {
    ...distribution,
    etag: cloud.ids.resource(),
    modifiedAt: now,
    deployedAt: now + cloud.delays.deployMs,
  };
  cloud.state.distributions.set(updated.id, updated);
  return updated;
}
