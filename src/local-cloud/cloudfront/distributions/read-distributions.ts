import type { WireResponse } from '../../wire.ts';
import { answerXml } from '../answer.ts';
import type { Call, Operations } from '../call.ts';
import { pageOf, pageWithMarker } from '../page.ts';
import { findDistribution } from './find-distribution.ts';
import { writeDistribution, writeSummary } from './write-distribution.ts';

/** The operations that read distributions. */
export const distributionReads = {
  GetDistribution: getDistribution,
  GetDistributionConfig: getDistributionConfig,
  ListDistributions: listDistributions,
} as const satisfies Operations;

/** GetDistribution. */
function getDistribution(call: Call): WireResponse {
  const found = findDistribution(call, call.params.Id);
  return answerXml({ root: 'Distribution', tree: writeDistribution(call.cloud, found), etag: found.etag });
}

/** GetDistributionConfig. */
function getDistributionConfig(call: Call): WireResponse {
  const found = findDistribution(call, call.params.Id);
  return answerXml({ root: 'DistributionConfig', tree: found.config, etag: found.etag });
}

/** ListDistributions: the caller's own, the last touched first. */
function listDistributions(call: Call): WireResponse {
  const { state } = call.cloud;
  const owned = [...state.distributions.values()].filter((distribution) => distribution.account === call.account);
  const sorted = owned.sort((one, other) => other.touched - one.touched);
  const page = pageOf(sorted, call.request.query, (distribution) => distribution.id);
  const tree = pageWithMarker(page, 'DistributionSummary', (item) => writeSummary(call.cloud, item));
  return answerXml({ root: 'DistributionList', tree });
}
