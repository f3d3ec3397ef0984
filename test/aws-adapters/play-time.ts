import type { Clock } from '../../src/model/ports.ts';
import { createTestClock, type TestClock } from '../support/test-clock.ts';

/** A clock that moves by itself, from timer to timer, and only while no request is on its way. */
export interface PlayedTime {
  readonly clock: TestClock;
  /** What a connection goes by: each request has a timer of its own, so those running are the requests on their way. */
  readonly clientClock: Clock;
  /** Moves time until `work` is done. */
  play<T>(work: Promise<T>): Promise<T>;
  /** Seconds since the start. */
  seconds(): number;
}

export function playTime(): PlayedTime {
  const clock = createTestClock();
  let onTheirWay = 0;
  const clientClock: Clock = {
    ...clock,
    every(ms, task) {
      onTheirWay += 1;
      const timer = clock.every(ms, task);
      let isRunning = true;
      return {
        stop() {
          if (isRunning) onTheirWay -= 1;
          isRunning = false;
          return timer.stop();
        },
      };
    },
  };
  return {
    clock,
    clientClock,
    async play(work) {
      let isDone = false;
      const end = () => {
        isDone = true;
      };
      work.then(end, end);
      while (!isDone) {
        await quiet(() => isDone || onTheirWay > 0);
        const at = clock.nextAt();
        if (!isDone && onTheirWay === 0 && at !== undefined) await clock.advance(at - clock.now());
      }
      return work;
    },
    seconds: () => clock.monotonic() / 1000,
  };
}

/** Turns of the loop without a request: then all that waits, waits for time. */
async function quiet(isBusy: () => boolean): Promise<void> {
  for (let turn = 0; turn < 20 && !isBusy(); turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  if (isBusy()) await new Promise<void>((resolve) => setImmediate(resolve));
}
