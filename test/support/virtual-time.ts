import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock as CloudClock } from '../../src/local-cloud/clock.ts';
import type { Clock } from '../../src/model/ports.ts';

/**
 * Time that moves only when somebody waits: one for a cloud, for the deploys that run in the test's process, and for
 * child processes, which read it from a file.
 */
export interface VirtualTime extends CloudClock {
  /** Holds the time as a double, milliseconds since the epoch, in this machine's byte order. */
  readonly file: string;
  /** The clock of deploys in this process: their waits move the time and cost nothing. */
  readonly clock: Clock;
  /** Moves the time, never back; what falls due on the way is run in order. */
  advanceTo(ms: number): Promise<void>;
  advance(ms: number): Promise<void>;
  /** Moves the time by itself, so many milliseconds a real one, until it is stopped. For processes that wait for each other. */
  flow(speed: number): () => void;
  /** From now on the time moves by small steps, and the listener is waited for after each. */
  onStep(listener: (() => Promise<void>) | undefined): void;
  close(): void;
}

const stepMs = 500;
const stepsAtMost = 20;

interface Timer {
  readonly due: number;
  readonly task: () => unknown;
}

/** Starts at the machine's time, because requests are signed with that. */
export function startVirtualTime(startMs = Date.now()): VirtualTime {
  const folder = mkdtempSync(join(tmpdir(), 'cdnpub-time-'));
  const file = join(folder, 'now');
  const hand = openSync(file, 'w');
  const timers = new Set<Timer>();
  let listener: (() => Promise<void>) | undefined;
  let nowMs = startMs;
  const set = async (ms: number) => {
    if (ms <= nowMs) return;
    nowMs = ms;
    writeSync(hand, new Float64Array([nowMs]), 0, 8, 0);
    await listener?.();
  };
  const stepTo = async (ms: number) => {
    const step = Math.max(stepMs, (ms - nowMs) / stepsAtMost);
    while (listener !== undefined && nowMs + step < ms) await set(nowMs + step);
    await set(ms);
  };
  writeSync(hand, new Float64Array([nowMs]), 0, 8, 0);
  const after = (ms: number, task: () => unknown) => {
    const timer = { due: nowMs + ms, task };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const advanceTo = async (ms: number) => {
    for (let next = nextOf(timers, ms); next !== undefined; next = nextOf(timers, ms)) {
      timers.delete(next);
      await stepTo(next.due);
      // A task may itself wait for the time to move on.
      await Promise.race([next.task(), wait(patienceMs, undefined, { ref: false })]);
    }
    await stepTo(ms);
  };
  return {
    ...{ file, after, advanceTo, clock: clockOf(() => nowMs, after, advanceTo) },
    now: () => nowMs,
    advance: (ms) => advanceTo(nowMs + ms),
    flow: (speed) => flow((ms) => advanceTo(nowMs + ms * speed)),
    onStep(next) {
      listener = next;
    },
    close() {
      closeSync(hand);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function nextOf(timers: ReadonlySet<Timer>, ms: number): Timer | undefined {
  let next: Timer | undefined;
  for (const timer of timers) if (timer.due <= ms && (next === undefined || timer.due < next.due)) next = timer;
  return next;
}

function clockOf(
  now: () => number,
  after: (ms: number, task: () => unknown) => () => void,
  advanceTo: (ms: number) => Promise<void>,
): Clock {
  return {
    now,
    monotonic: now,
    sleep: (ms) => advanceTo(now() + ms),
    every(ms, task) {
      let running = Promise.resolve();
      let cancel = () => {};
      const wait = () => {
        cancel = after(ms, () => {
          wait();
          running = task();
          return running;
        });
      };
      wait();
      return {
        stop() {
          cancel();
          return running;
        },
      };
    },
  };
}

/** Real milliseconds. */
const tickMs = 5;
const patienceMs = 50;

function flow(advance: (ms: number) => Promise<void>): () => void {
  let moving = false;
  const timer = setInterval(() => {
    if (moving) return;
    moving = true;
    void advance(tickMs).finally(() => {
      moving = false;
    });
  }, tickMs);
  return () => clearInterval(timer);
}
