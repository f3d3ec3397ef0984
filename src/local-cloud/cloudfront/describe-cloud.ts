import { isoTime } from './answer.ts';
import type { Cloud } from './call.ts';
import { statusOf } from './distributions/write-distribution.ts';
import { isTrue } from './tree.ts';

/** What an inspector shows of the control plane; times are ISO 8601. */
export interface CloudDescription {
  readonly distributions: readonly {
    readonly id: string;
    readonly domain: string;
    readonly status: string;
    readonly enabled: boolean;
    readonly modified: string;
  }[];
  /** The newest first, at most 100. */
  readonly invalidations: readonly {
    readonly id: string;
    readonly distributionId: string;
    readonly created: string;
    readonly status: 'InProgress' | 'Completed';
    readonly items: readonly string[];
  }[];
}

export function describeCloud(cloud: Cloud): CloudDescription {
  const { state, clock } = cloud;
  const now = clock.now();
  const distributions = [...state.distributions.values()].sort((one, other) => other.touched - one.touched);
  const batches = [...state.invalidations].flatMap(([distributionId, each]) =>
    each.map((batch) => ({ distributionId, ...batch })),
  );
  return {
    distributions: distributions.map((distribution) => ({
      id: distribution.id,
      domain: distribution.domain,
      status: statusOf(cloud, distribution),
      enabled: isTrue(distribution.config, 'Enabled'),
      modified: isoTime(distribution.modifiedAt),
    })),
    invalidations: batches
      .sort((one, other) => other.at - one.at || other.serial - one.serial)
      .slice(0, 100)
      .map(({ id, distributionId, at, completedAt, items }) => ({
        ...{ id, distributionId, items, created: isoTime(at) },
        status: now >= completedAt ? 'Completed' : 'InProgress',
      })),
  };
}
