/** Time as the local cloud sees it: a port, so that tests can serve a clock of their own. */
export interface Clock {
  /** Milliseconds since the epoch, by the server's clock. */
  now(): number;
  /** Runs `task` once, `ms` later; the returned function cancels it. Never keeps the process alive. */
  after(ms: number, task: () => void): () => void;
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
