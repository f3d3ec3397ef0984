import type { Clock as CloudClock } from '../../src/local-cloud/clock.ts';
import type { Clock } from '../../src/model/ports.ts';

/** Time that stands still until it is moved: for a local cloud and for the deploys that run against it. */
export interface ManualTime extends CloudClock {
  /** Moves on by `ms`; what becomes due runs in its order, and is waited for. */
  advance(ms: number): Promise<void>;
  /** The clock of a deploy: its waits move time on. `beforeSleep` runs before each of them, and may wait for the test. */
  clock(options?: { readonly beforeSleep?: (ms: number) => Promise<void> }): Clock;
  /** The clock of a machine that is suspended now: it counts its own waits only, and its heartbeat is silent. */
  stopped(): Clock;
}

interface Timer {
  readonly dueMs: number;
  readonly task: () => unknown;
}

export function createManualTime(startMs = Date.now()): ManualTime {
  let nowMs = startMs;
  const timers = new Set<Timer>();
  const after = (ms: number, task: () => unknown) => {
    const timer = { dueMs: nowMs + ms, task };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const advance = async (ms: number) => {
    const end = nowMs + ms;
    for (let next = dueFirst(timers, end); next !== undefined; next = dueFirst(timers, end)) {
      timers.delete(next);
      nowMs = Math.max(nowMs, next.dueMs);
      await next.task();
    }
    nowMs = Math.max(nowMs, end);
  };
  const now = () => nowMs;
  return {
    ...{ now, after, advance },
    clock: ({ beforeSleep } = {}) => ({
      ...{ now, monotonic: now },
      async sleep(ms) {
        await beforeSleep?.(ms);
        await advance(ms);
      },
      every: (ms, task) => repeat(after, ms, task),
    }),
    stopped: () => {
      let ownMs = nowMs;
      const own = () => ownMs;
      const sleep = async (ms: number) => {
        ownMs += ms;
        await advance(ms);
      };
      return { now: own, monotonic: own, sleep, every: () => ({ stop: async () => {} }) };
    },
  };
}

const dueFirst = (timers: ReadonlySet<Timer>, endMs: number): Timer | undefined =>
  [...timers].filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];

function repeat(
  after: (ms: number, task: () => unknown) => () => void,
  ms: number,
  task: () => Promise<void>,
): { stop(): Promise<void> } {
  let running = Promise.resolve();
  let cancel = () => {};
  const arm = () => {
    cancel = after(ms, async () => {
      arm();
      running = task();
      await running;
    });
  };
  arm();
  return {
    stop: () => {
      cancel();
      return running;
    },
  };
}
