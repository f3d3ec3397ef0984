import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../model/ports.ts';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms) => {
    if (ms > 0) await wait(ms);
  },
  every(ms, task) {
    let running = Promise.resolve();
    let idle = true;
    const timer = setInterval(() => {
      if (!idle) return;
      idle = false;
      running = task().finally(() => {
        idle = true;
      });
    }, ms);
    timer.unref();
    return {
      stop: () => {
        clearInterval(timer);
        return running;
      },
    };
  },
};
