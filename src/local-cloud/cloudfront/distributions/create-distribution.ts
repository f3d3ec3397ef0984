import type { WireResponse } from '../../wire.ts';
import { type XmlTree, xmlChild } from '../../xml.ts';
import { answerXml } from '../answer.ts';
import { arnOf } from '../arn.ts';
import { bodyOf, type Call, type Operations } from '../call.ts';
import { checkShape } from '../check-shape.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import type { Distribution } from '../state.ts';
import { readTags } from '../tags/read-tags.ts';
import { textAt, treeOf } from '../tree.ts';
import { checkDistribution } from './check-distribution.ts';
import { distributionShape } from './distribution-shape.ts';
import { fillDefaults } from './fill-defaults.ts';
import { nextTouched } from './next-touched.ts';
import { writeDistribution } from './write-distribution.ts';

/** The two operations that create distributions. */
export const distributionCreates = {
  CreateDistribution: createDistribution,
  CreateDistributionWithTags: createDistributionWithTags,
} as const satisfies Operations;

/** CreateDistribution: 201 with the distribution, its ETag and Location. */
function createDistribution(call: Call): WireResponse {
  return create(call, bodyOf(call, 'DistributionConfig'), undefined);
}

/** CreateDistributionWithTags: the same with tags that are there from the start. */
function createDistributionWithTags(call: Call): WireResponse {
  const body = bodyOf(call, 'DistributionConfigWithTags');
  checkShape(body, { DistributionConfig: { required: true }, Tags: { required: true } }, 'DistributionConfigWithTags');
  return create(call, treeOf(xmlChild(body, 'DistributionConfig')), readTags(xmlChild(body, 'Tags')));
}

function create(call: Call, given: XmlTree, tags: Readonly<Record<string, string>> | undefined): WireResponse {
  checkShape(given, distributionShape, 'DistributionConfig');
  const { state } = call.cloud;
  refuseReused(call, textAt(given, 'CallerReference'));
  const owned = [...state.distributions.values()].filter((other) => other.account === call.account);
  // 500 distributions per account [doc cloudfront-limits].
  if (owned.length >= 500) throw cloudFrontFault('TooManyDistributions');
  const config = fillDefaults(given);
  checkDistribution(call, config);
  const distribution = newDistribution(call, config);
  state.distributions.set(distribution.id, distribution);
  if (tags) state.tags.set(distribution.arn, tags);
  call.cloud.changed();
  return answerXml({
    status: 201,
    root: 'Distribution',
    tree: writeDistribution(call.cloud, distribution),
    etag: distribution.etag,
    location: `distribution/${distribution.id}`,
  });
}

/** "If CallerReference is a value that you already sent […] DistributionAlreadyExists" [dts DistributionConfig]. */
function refuseReused(call: Call, reference: string): void {
  if (reference === '') throw cloudFrontFault('InvalidArgument', 'The parameter CallerReference is required.');
  for (const other of call.cloud.state.distributions.values()) {
    if (other.account !== call.account || textAt(other.config, 'CallerReference') !== reference) continue;
    const sentence =
      'The caller reference that you are using to create a distribution is associated with another distribution. Already exists: ';
    throw cloudFrontFault('DistributionAlreadyExists', sentence + other.id);
  }
}

function newDistribution(call: Call, config: XmlTree): Distribution {
  const { ids, clock, delays, domainSuffix, state } = call.cloud;
  const id = ids.resource();
  const now = clock.now();
  return {
    id,
    account: call.account,
    arn: arnOf(call.account, 'distribution', id),
    domain: `${ids.hostLabel()}.${domainSuffix}`,
    etag: ids.resource(),
    modifiedAt: now,
    deployedAt: now + delays.deployMs,
    touched: nextTouched(state),
    config,
  };
}
