import type { Verdict } from './judge-error.ts';

export interface Patience {
  /** Attempts at most, the first one included. */
  readonly attempts: number;
  readonly baseMs: number;
  readonly capMs: number;
  /** Nothing is sent again later than this after the first attempt. */
  readonly deadlineMs: number;
}

/**
 * How often and how long a request is tried, by what it failed with. The numbers are ours. At its daily peaks
 * CreateInvalidation fails half of its calls with 503, so throttling is borne longest: what bounds it is the deadline.
 */
export const patienceFor: Readonly<Record<Verdict, Patience>> = {
  transient: { attempts: 10, baseMs: 100, capMs: 5_000, deadlineMs: 120_000 },
  throttle: { attempts: 40, baseMs: 100, capMs: 4_000, deadlineMs: 120_000 },
  race: { attempts: 8, baseMs: 100, capMs: 2_000, deadlineMs: 60_000 },
  // Invalidations are done within seconds to minutes.
  busy: { attempts: 60, baseMs: 4_000, capMs: 20_000, deadlineMs: 300_000 },
  expired: { attempts: 2, baseMs: 0, capMs: 0, deadlineMs: 120_000 },
  final: { attempts: 1, baseMs: 0, capMs: 0, deadlineMs: 0 },
};

/** Before any server has answered: somebody without a network should not wait long to be told. */
export const firstContact: Patience = { attempts: 4, baseMs: 100, capMs: 1_000, deadlineMs: 60_000 };

/**
 * How long to wait after attempt number `attempt` (from 1): exponential with full jitter, so that many who failed at
 * once do not come back at once. Undefined where it is not tried again.
 */
export function backoff(
  patience: Patience,
  {
    attempt,
    elapsedMs,
    random,
  }: { readonly attempt: number; readonly elapsedMs: number; readonly random: () => number },
): number | undefined {
  if (attempt >= patience.attempts) return undefined;
  const delay = random() * Math.min(patience.capMs, patience.baseMs * 2 ** (attempt - 1));
  return elapsedMs + delay > patience.deadlineMs ? undefined : delay;
}
