import { randomFrom } from '../corpus/random.mjs';

/**
 * What goes wrong on purpose: shares of requests that are answered by SlowDown, cut before they are applied, or applied
 * and then cut; and a rate above which all is SlowDown. The same seed gives the same faults.
 */
export function createFaults({ fault503 = 0, faultReset = 0, faultLost = 0, maxRate = 0, seed = 7 }) {
  const random = randomFrom(seed);
  let allowance = maxRate;
  let since = performance.now();
  const isTooFast = () => {
    if (maxRate === 0) return false;
    const now = performance.now();
    allowance = Math.min(maxRate, allowance + ((now - since) / 1000) * maxRate);
    since = now;
    if (allowance < 1) return true;
    allowance -= 1;
    return false;
  };
  return {
    isSlowedDown: () => (fault503 > 0 && random() < fault503) || isTooFast(),
    isReset: () => faultReset > 0 && random() < faultReset,
    isLost: () => faultLost > 0 && random() < faultLost,
  };
}
