import type { CloudFrontState } from '../state.ts';

/** The place in the order of touching for a distribution that is created or updated now: after all others. */
export function nextTouched(state: CloudFrontState): number {
  return 1 + Math.max(0, ...[...state.distributions.values()].map((distribution) => distribution.touched));
}
