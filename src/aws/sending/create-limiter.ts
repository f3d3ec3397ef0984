import type { Clock } from '../../model/ports.ts';
import { createByteBudget } from './byte-budget.ts';
import type { Leaving, Place } from './place.ts';

/** Where a request stands in the queue: before all that has not been sent yet, or behind it. */
export type Lane = 'first' | 'usual';

export interface Limiter {
  /** Waits until one more request may be sent. Whoever is let in gives the place back, whatever becomes of it. */
  enter(request: { readonly lane: Lane; readonly bytes: number }): Promise<Place>;
  /** How fast bodies went up lately; undefined while nobody knows. */
  bytesPerSecond(): number | undefined;
}

export interface LimiterOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Requests in flight at most. */
  readonly ceiling: number;
}

/** One more in flight for so many that were answered. */
const successesPerStep = 10;
/** A throttled reply moves the share of throttled replies by this much; the share at which all slow down. */
const shareGain = 1 / 32;
const shareLimit = 0.15;
/** In flight at least: where even these are too many, the pauses between them do the rest. */
const leastInFlight = 4;
/** How long all pause after slowing down; doubled while fewer than a step's successes lie in between. */
const pauseMs = 100;
const longestPauseMs = 5_000;

interface Waiting {
  readonly bytes: number;
  readonly admit: () => void;
}

/**
 * Decides for all requests of a run together how many are in flight: as many as allowed at first, half as many and a
 * pause for all when the service says "slow down", one more for every ten that are answered. A throttled reply now and
 * then says nothing; a run of them does. Replies to requests that were sent before the last slowing down are not news.
 */
export function createLimiter({ clock, random, ceiling }: LimiterOptions): Limiter {
  const budget = createByteBudget(clock);
  const queue = { first: [] as Waiting[], usual: [] as Waiting[] };
  let window = ceiling;
  let inFlight = 0;
  /** Most in flight since the last slowing down. */
  let peak = 0;
  let share = 0;
  /** Since the last slowing down. */
  let successes = 0;
  let epoch = 0;
  let pauses = 0;
  let paused = false;

  /** A small one may overtake a large body that waits for the line; nothing overtakes what stands first. */
  function takeNext(): Waiting | undefined {
    const { first, usual } = queue;
    const lane = first.length > 0 ? first : usual;
    const at = lane === first ? first.findIndex(({ bytes }) => budget.has(bytes)) : 0;
    const next = lane[at];
    if (next === undefined || !budget.has(next.bytes)) return undefined;
    lane.splice(at, 1);
    return next;
  }

  function pump(): void {
    while (!paused && inFlight < Math.floor(window)) {
      const next = takeNext();
      if (next === undefined) return;
      inFlight += 1;
      peak = Math.max(peak, inFlight);
      next.admit();
    }
  }

  function grow(): void {
    window = Math.min(ceiling, window + 1 / successesPerStep);
    successes += 1;
    if (successes >= successesPerStep) pauses = 0;
  }

  function slowDown(): void {
    window = Math.min(ceiling, Math.max(leastInFlight, Math.min(window, peak) / 2));
    peak = inFlight;
    successes = 0;
    epoch += 1;
    share = 0;
    paused = true;
    const pause = Math.min(longestPauseMs, pauseMs * 2 ** pauses) * (0.5 + random() / 2);
    pauses += 1;
    clock.sleep(pause).then(() => {
      paused = false;
      pump();
    });
  }

  function learn(how: Leaving, sentIn: number): void {
    if (sentIn !== epoch || (how !== 'answered' && how !== 'throttled')) return;
    share += ((how === 'throttled' ? 1 : 0) - share) * shareGain;
    if (how === 'answered') grow();
    else if (share > shareLimit) slowDown();
  }

  function place(bytes: number): Place {
    const sentIn = epoch;
    const load = budget.take(bytes);
    return {
      leave(how) {
        inFlight -= 1;
        load.give(how);
        learn(how, sentIn);
        pump();
      },
    };
  }

  return {
    enter: ({ lane, bytes }) =>
      new Promise((resolve) => {
        queue[lane].push({ bytes, admit: () => resolve(place(bytes)) });
        pump();
      }),
    bytesPerSecond: budget.bytesPerSecond,
  };
}
