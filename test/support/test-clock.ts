import type { ControllableClock } from '../../src/local-cloud/clock.ts';
import type { Clock } from '../../src/model/ports.ts';

/** A clock that stands still until a test moves it: the local cloud's and the house's own in one. */
export interface TestClock extends ControllableClock, Clock {
  /** Moves on by `ms`, running each timer at its time and in order, and what it sets off, before the next. */
  advance(ms: number): Promise<void>;
  /** When the next timer is due, milliseconds since the epoch; undefined where none waits. */
  nextAt(): number | undefined;
}

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

/** Starts at the machine's time, so that signatures of clients that go by it are in time. */
export function createTestClock(startAt = Date.now()): TestClock {
  let now = startAt;
  const timers = new Set<Timer>();
  const after = (ms: number, task: () => void) => {
    const timer = { at: now + Math.max(0, ms), task };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const next = (): Timer | undefined =>
    [...timers].reduce<Timer | undefined>((first, timer) => (first && first.at <= timer.at ? first : timer), undefined);

  async function advance(ms: number): Promise<void> {
    const end = now + ms;
    await settle();
    for (let timer = next(); timer !== undefined && timer.at <= end; timer = next()) {
      timers.delete(timer);
      now = Math.max(now, timer.at);
      timer.task();
      await settle();
    }
    now = Math.max(now, end);
  }

  return {
    now: () => now,
    monotonic: () => now - startAt,
    after,
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    every: (ms, task) => repeat(after, ms, task),
    advance,
    nextAt: () => next()?.at,
  };
}

/** Lets what is ready run: promises, and what they hand to the loop. Requests that are under way may take longer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

function repeat(after: TestClock['after'], ms: number, task: () => Promise<void>): { stop(): Promise<void> } {
  let running = Promise.resolve();
  let cancel = () => {};
  const plan = () => {
    cancel = after(ms, () => {
      // As an interval does: the next turn is planned before this one has ended, and left out while it runs.
      plan();
      if (!idle) return;
      idle = false;
      running = task().finally(() => {
        idle = true;
      });
    });
  };
  let idle = true;
  plan();
  return {
    stop: () => {
      cancel();
      return running;
    },
  };
}
