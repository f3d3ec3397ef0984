import type { Clock } from '../model/ports.ts';

/** What an interrupted run may still take to come to its own end: the end is told within five seconds of Ctrl-C. */
export const graceMs = 4_000;

interface Interruption {
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly afterMs: number;
  readonly onGiveUp?: () => void;
}

/**
 * The end of a task, or the reason of the interruption where the task has not come to one `afterMs` later; then
 * `onGiveUp` is called first.
 */
export async function orGiveUp<T>(task: Promise<T>, interruption: Interruption): Promise<T> {
  const { signal, clock, afterMs, onGiveUp } = interruption;
  if (signal === undefined) return task;
  let interrupted = () => {};
  let isOver = false;
  const givenUp = new Promise<never>((_, reject) => {
    const giveUp = async () => {
      await clock.sleep(afterMs);
      if (!isOver) onGiveUp?.();
      reject(signal.reason);
    };
    interrupted = () => void giveUp();
  });
  if (signal.aborted) interrupted();
  // A signal may outlive many tasks, so each takes its listener away.
  signal.addEventListener('abort', interrupted);
  try {
    return await Promise.race([task, givenUp]);
  } finally {
    isOver = true;
    signal.removeEventListener('abort', interrupted);
  }
}
