/** Time as the local cloud sees it: a port, so that tests can serve a clock of their own. */
export interface Clock {
  /** Milliseconds since the epoch, by the server's clock. */
  now(): number;
  /** Runs `task` once, `ms` later; the returned function cancels it. Never keeps the process alive. */
  after(ms: number, task: () => void): () => void;
}

/** A clock that stands still until it is moved; control requests may move it. */
export interface ControllableClock extends Clock {
  /** Moves on by `ms` and runs what becomes due, in its order; resolves when that has come to rest. */
  advance(ms: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export function isControllable(clock: Clock): clock is ControllableClock {
  return 'advance' in clock;
}

/** A server's clock that is `skewMs` ahead of `clock` (behind it, where negative). */
export function skewedClock(clock: Clock, skewMs: number): Clock {
  return skewMs === 0 ? clock : { now: () => clock.now() + skewMs, after: (ms, task) => clock.after(ms, task) };
}
