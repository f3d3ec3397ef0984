import type { EdgeBehavior, EdgeDistribution, EdgeOrigin } from '../edge-view.ts';
import { matchPathPattern } from './match-path-pattern.ts';

export interface Route {
  readonly behavior: EdgeBehavior;
  readonly origin: EdgeOrigin;
}

/**
 * The first behaviour whose pattern matches the path as the viewer sent it, with its origin: "the requested path is
 * compared with path patterns in the order in which cache behaviors are listed; the first match determines".
 */
export function pickBehavior(distribution: EdgeDistribution, uri: string): Route {
  const behavior =
    distribution.behaviors.find(({ pathPattern }) => matchPathPattern(pathPattern, uri)) ??
    distribution.behaviors.at(-1);
  const origin = distribution.origins.find(({ id }) => id === behavior?.targetOriginId);
  if (behavior === undefined || origin === undefined)
    throw new Error(`distribution ${distribution.id} has no behaviour for ${uri}`);
  return { behavior, origin };
}
