import type { EdgeDistribution, EdgeFunction, EdgeView } from '../../edge-view.ts';
import { readForEdge, readMetaForEdge } from '../../keyvaluestore/read-for-edge.ts';
import type { Cloud } from '../call.ts';
import { behaviorsOf } from '../distributions/behaviors-of.ts';
import { findPolicy } from '../policies/find-policy.ts';
import type { Distribution } from '../state.ts';
import { storesOf } from '../stores/uses-store.ts';
import { isTrue, textAt } from '../tree.ts';
import { distributionFor } from './distribution-for.ts';
import { forwardedValuesId, toEdgeDistribution } from './edge-distribution.ts';
import { fromForwardedValues, toEdgeCachePolicy, toEdgeResponseHeadersPolicy } from './edge-policies.ts';

/**
 * What the edge sees of the control plane. `forget` is to be called when the state has changed: what was derived from
 * it is kept until then, as the edge asks at every request. `account` is the one whose distribution `localhost` shows.
 */
export function createView(cloud: Cloud, account: string): { readonly view: EdgeView; forget(): void } {
  const { state, clock } = cloud;
  const kept = new Map<string, unknown>();
  const keep = <T>(name: string, make: () => T): T => {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name) as T;
  };
  const enabled = (): readonly Distribution[] =>
    keep('enabled', () => [...state.distributions.values()].filter(({ config }) => isTrue(config, 'Enabled')));
  const derive = (found: Distribution | undefined): EdgeDistribution | undefined =>
    found && keep(`distribution ${found.id}`, () => toEdgeDistribution(state, found));
  const view: EdgeView = {
    distributionByHost: (host) => derive(distributionFor(enabled(), host)),
    latestDistribution: () => derive(keep('latest', () => latest(enabled(), account))),
    cachePolicy: (id) => keep(`cache policy ${id}`, () => cachePolicy(cloud, id)),
    responseHeadersPolicy: (id) =>
      keep(`response headers policy ${id}`, () => {
        const policy = findPolicy(state, 'ResponseHeadersPolicy', id);
        return policy && toEdgeResponseHeadersPolicy(policy.config);
      }),
    liveFunction: (arn) => keep(`function ${arn}`, () => liveFunction(cloud, arn)),
    storeValue: (arn, key) => readForEdge(state.stores.get(arn), key, clock.now()),
    storeMeta: (arn) => readMetaForEdge(state.stores.get(arn), clock.now()),
    invalidations: (id, after) => (state.invalidations.get(id) ?? []).slice(after),
  };
  return { view, forget: () => kept.clear() };
}

/** The last touched of the account, or where it has none, of all. */
function latest(distributions: readonly Distribution[], account: string): Distribution | undefined {
  const sorted = [...distributions].sort((one, other) => other.touched - one.touched);
  return sorted.find((distribution) => distribution.account === account) ?? sorted[0];
}

function cachePolicy(cloud: Cloud, id: string) {
  const policy = findPolicy(cloud.state, 'CachePolicy', id);
  if (policy) return toEdgeCachePolicy(policy.config);
  for (const { id: owner, config } of cloud.state.distributions.values()) {
    const behavior = behaviorsOf(config).find((_, index) => forwardedValuesId(owner, index) === id);
    if (behavior !== undefined) return fromForwardedValues(behavior);
  }
  return undefined;
}

function liveFunction(cloud: Cloud, arn: string): EdgeFunction | undefined {
  const record = cloud.state.functions.get(arn);
  const live = record?.live;
  if (record === undefined || live === undefined) return undefined;
  return {
    arn,
    name: record.name,
    version: live.version,
    runtime: textAt(live.config, 'Runtime'),
    code: Buffer.from(live.code, 'base64').toString('utf8'),
    storeArns: storesOf(live.config),
  };
}
