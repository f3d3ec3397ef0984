import { type Distribution, type DistributionSummary, GetDistributionCommand } from '@aws-sdk/client-cloudfront';
import type { DistributionFields } from '../../model/infrastructure.ts';
import type { CdnNames } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront, present } from './cloudfront-context.ts';
import { readFields } from './distribution-config.ts';

export interface FoundDistribution {
  readonly id: string;
  readonly arn: string;
  readonly domain: string;
  readonly status: string;
  readonly enabled: boolean;
  readonly fields: DistributionFields;
}

/**
 * The site's distribution: by the id on record, else among those that were listed by its comment, so that one made by a
 * killed run is found.
 */
export async function findDistribution(
  context: CloudFrontContext,
  { distributionId, comment, hashSecret }: Pick<CdnNames, 'distributionId' | 'comment' | 'hashSecret'>,
  listed: Promise<readonly DistributionSummary[]>,
): Promise<FoundDistribution | undefined> {
  const id = distributionId ?? (await listed).find(({ Comment }) => Comment === comment)?.Id;
  return id === undefined ? undefined : getDistribution(context, id, hashSecret);
}

export async function getDistribution(
  context: CloudFrontContext,
  id: string,
  hashSecret: (value: string) => string,
): Promise<FoundDistribution | undefined> {
  const found = await readDistribution(context, id);
  return found && describeDistribution(found, hashSecret);
}

/** All that AWS says of a distribution; undefined where there is none of that id. */
export async function readDistribution(context: CloudFrontContext, id: string): Promise<Distribution | undefined> {
  return callCloudFront(context, 'GetDistribution', `distribution/${id}`, async () => {
    try {
      const answer = await context.client.send(new GetDistributionCommand({ Id: id }));
      return present(answer.Distribution, 'the distribution');
    } catch (error) {
      if (awsErrorName(error).name === 'NoSuchDistribution') return undefined;
      throw error;
    }
  });
}

/** What we keep of a distribution. */
export function describeDistribution(
  distribution: Distribution,
  hashSecret: (value: string) => string,
): FoundDistribution {
  const config = present(distribution.DistributionConfig, 'its config');
  return {
    id: present(distribution.Id, 'its id'),
    arn: present(distribution.ARN, 'its ARN'),
    domain: present(distribution.DomainName, 'its domain'),
    status: distribution.Status ?? 'InProgress',
    enabled: config.Enabled ?? false,
    fields: readFields(config, hashSecret),
  };
}
