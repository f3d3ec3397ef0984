import type { DistributionSummary } from '@aws-sdk/client-cloudfront';
import type { MarkedDistribution } from '../../model/snapshot.ts';

/** What a listing tells of the distributions that carry a comment. */
export const describeMarked = (distributions: readonly DistributionSummary[]): readonly MarkedDistribution[] =>
  distributions
    .filter(({ Comment }) => Comment !== undefined && Comment !== '')
    .map(({ Id, DomainName, Comment, Aliases, Origins }) => ({
      id: Id ?? '',
      domain: DomainName ?? '',
      comment: Comment ?? '',
      aliases: Aliases?.Items ?? [],
      origins: (Origins?.Items ?? []).map((origin) => `${origin.DomainName}${origin.OriginPath ?? ''}`),
    }));
