import type { EdgeDistribution, EdgeFunction, EdgeView } from '../../edge-view.ts';
import { readForEdge, readMetaForEdge } from '../../keyvaluestore/read-for-edge.ts';
import type { Place } from '../../propagation.ts';
import type { Cloud } from '../call.ts';
import { behaviorsOf } from '../distributions/behaviors-of.ts';
import { findPolicy } from '../policies/find-policy.ts';
import type { Distribution, FunctionRecord, Policy, PolicyKind } from '../state.ts';
import { storesOf } from '../stores/uses-store.ts';
import { isTrue, textAt } from '../tree.ts';
import { distributionFor } from './distribution-for.ts';
import { forwardedValuesId, toEdgeDistribution } from './edge-distribution.ts';
import {
  fromForwardedValues,
  toEdgeCachePolicy,
  toEdgeOriginRequestPolicy,
  toEdgeResponseHeadersPolicy,
} from './edge-policies.ts';
import { createHistory, type History } from './history.ts';
import { reachedInvalidations } from './reached-invalidations.ts';

/** What each place sees of the control plane, and when. */
export interface Views {
  at(place: Place): EdgeView;
  /** To be called when the state has changed. */
  note(): void;
  /** To be called when the state was replaced: all of it has arrived everywhere. */
  restart(): void;
}

/** `account` is the one whose distribution `localhost` shows. */
export function createViews(cloud: Cloud, account: string): Views {
  const known = openHistories(cloud);
  const { distributions, policies, functions } = cloud.state;
  const note = (how: 'spreading' | 'settled') => {
    known.distributions.note(distributions, how);
    known.policies.note(policies, how);
    known.functions.note(functions, how);
    // What was derived of a distribution may hold parts of other records.
    known.derived = new WeakMap();
  };
  return {
    at: (place) => viewAt(cloud, known, { place, account }),
    note: () => note('spreading'),
    restart: () => note('settled'),
  };
}

interface Known {
  readonly distributions: History<Distribution>;
  readonly policies: History<Policy>;
  readonly functions: History<FunctionRecord>;
  /** Kept, as the edge asks at every request. */
  derived: WeakMap<Distribution, EdgeDistribution>;
}

function openHistories({ clock, propagation, delays }: Cloud): Known {
  const now = () => clock.now();
  return {
    distributions: createHistory<Distribution>({
      ...{ kind: 'distribution', propagation, now, firstOnes: 'spreading' },
      changeOf: ({ etag, modifiedAt, deployedAt }) => ({ stamp: etag, at: modifiedAt, doneAt: deployedAt }),
    }),
    policies: createHistory<Policy>({
      ...{ kind: 'policy', propagation, now, firstOnes: 'at-once' },
      changeOf: ({ etag, modifiedAt }) => ({ stamp: etag, at: modifiedAt, doneAt: modifiedAt + delays.deployMs }),
    }),
    functions: createHistory<FunctionRecord>({
      ...{ kind: 'function', propagation, now, firstOnes: 'at-once' },
      changeOf: ({ live }) => live && { stamp: live.etag, at: live.modifiedAt, doneAt: live.deployedAt },
    }),
    derived: new WeakMap(),
  };
}

function viewAt(
  cloud: Cloud,
  known: Known,
  { place, account }: { readonly place: Place; readonly account: string },
): EdgeView {
  const { state, clock, propagation } = cloud;
  const enabled = () => known.distributions.allSeen(place).filter(({ config }) => isTrue(config, 'Enabled'));
  const derive = (found: Distribution | undefined): EdgeDistribution | undefined => {
    if (found === undefined) return undefined;
    const derived = known.derived.get(found) ?? toEdgeDistribution(state, found);
    known.derived.set(found, derived);
    return derived;
  };
  const policy = (kind: PolicyKind, id: string): Policy | undefined => {
    const seen = known.policies.seen(id, place);
    return seen?.kind === kind ? seen : findPolicy(state, kind, id);
  };
  const store = (arn: string) => state.stores.get(arn);
  const time = () => ({ now: clock.now(), place, propagation });
  return {
    distributionByHost: (host) => derive(distributionFor(enabled(), host)),
    latestDistribution: () => derive(latest(enabled(), account)),
    cachePolicy(id) {
      const found = policy('CachePolicy', id);
      return found === undefined ? ownPolicy(enabled(), id) : toEdgeCachePolicy(found.config);
    },
    originRequestPolicy(id) {
      const found = policy('OriginRequestPolicy', id);
      return found && toEdgeOriginRequestPolicy(found.config);
    },
    responseHeadersPolicy(id) {
      const found = policy('ResponseHeadersPolicy', id);
      return found && toEdgeResponseHeadersPolicy(found.config);
    },
    liveFunction: (arn) => liveFunction(known.functions.seen(arn, place)),
    storeValue: (arn, key) => readForEdge(store(arn), key, time()),
    storeMeta: (arn) => readMetaForEdge(store(arn), time()),
    invalidations: (id, taken) => reachedInvalidations(state.invalidations.get(id) ?? [], { ...time(), id, taken }),
  };
}

/** The last touched of the account, or where it has none, of all. */
function latest(distributions: readonly Distribution[], account: string): Distribution | undefined {
  const sorted = [...distributions].sort((one, other) => other.touched - one.touched);
  return sorted.find((distribution) => distribution.account === account) ?? sorted[0];
}

/** The policy that a behavior without one has of its own. */
function ownPolicy(distributions: readonly Distribution[], id: string) {
  for (const { id: owner, config } of distributions) {
    const behavior = behaviorsOf(config).find((_, index) => forwardedValuesId(owner, index) === id);
    if (behavior !== undefined) return fromForwardedValues(behavior);
  }
  return undefined;
}

function liveFunction(record: FunctionRecord | undefined): EdgeFunction | undefined {
  const live = record?.live;
  if (record === undefined || live === undefined) return undefined;
  return {
    arn: record.arn,
    name: record.name,
    version: live.version,
    runtime: textAt(live.config, 'Runtime'),
    code: Buffer.from(live.code, 'base64').toString('utf8'),
    storeArns: storesOf(live.config),
  };
}
