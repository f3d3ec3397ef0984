import type { XmlTree } from '../../xml.ts';
import { isoTime } from '../answer.ts';
import type { Cloud } from '../call.ts';
import type { Distribution } from '../state.ts';

/** The Distribution element: what CloudFront knows of it and its whole config. */
export function writeDistribution(cloud: Cloud, distribution: Distribution): XmlTree {
  const batches = cloud.state.invalidations.get(distribution.id) ?? [];
  const now = cloud.clock.now();
  return {
    Id: distribution.id,
    ARN: distribution.arn,
    Status: statusOf(cloud, distribution),
    LastModifiedTime: isoTime(distribution.modifiedAt),
    InProgressInvalidationBatches: String(batches.filter((batch) => batch.completedAt > now).length),
    DomainName: distribution.domain,
    ActiveTrustedSigners: { Enabled: 'false', Quantity: '0' },
    ActiveTrustedKeyGroups: { Enabled: 'false', Quantity: '0' },
    DistributionConfig: distribution.config,
  };
}

/** The DistributionSummary of a listing: the members of the config that it repeats, and the ETag. */
export function writeSummary(cloud: Cloud, distribution: Distribution): XmlTree {
  const repeated = Object.entries(distribution.config).filter(([name]) => summaryMembers.includes(name));
  return {
    Id: distribution.id,
    ARN: distribution.arn,
    ETag: distribution.etag,
    Status: statusOf(cloud, distribution),
    LastModifiedTime: isoTime(distribution.modifiedAt),
    DomainName: distribution.domain,
    ...Object.fromEntries(repeated),
  };
}

/** `InProgress` until the change has reached every edge, then `Deployed`. */
export function statusOf(cloud: Cloud, distribution: Distribution): string {
  return cloud.clock.now() >= distribution.deployedAt ? 'Deployed' : 'InProgress';
}

// Members of DistributionSummary [API model]; no CallerReference, DefaultRootObject or Logging among them.
const summaryMembers = [
  'Aliases',
  'Origins',
  'OriginGroups',
  'DefaultCacheBehavior',
  'CacheBehaviors',
  'CustomErrorResponses',
  'Comment',
  'PriceClass',
  'Enabled',
  'ViewerCertificate',
  'Restrictions',
  'WebACLId',
  'HttpVersion',
  'IsIPV6Enabled',
  'Staging',
  'ConnectionMode',
  'AnycastIpListId',
  'ViewerMtlsConfig',
  'ConnectionFunctionAssociation',
];
