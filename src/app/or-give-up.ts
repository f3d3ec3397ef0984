import type { Clock } from '../model/ports.ts';

/** What an interrupted run may still take to come to its own end: the end is told within five seconds of Ctrl-C. */
export const graceMs = 4_000;

/**
 * The end of a task, or the reason of the interruption where the task has not come to one `afterMs` later; then
 * `onGiveUp` is called first.
 */
export function orGiveUp<T>(
  task: Promise<T>,
  {
    signal,
    clock,
    afterMs,
    onGiveUp,
  }: {
    readonly signal: AbortSignal | undefined;
    readonly clock: Clock;
    readonly afterMs: number;
    readonly onGiveUp?: () => void;
  },
): Promise<T> {
  if (signal === undefined) return task;
  const givenUp = new Promise<never>((_, reject) => {
    const giveUp = async () => {
      await clock.sleep(afterMs);
      onGiveUp?.();
      reject(signal.reason);
    };
    if (signal.aborted) void giveUp();
    else signal.addEventListener('abort', () => void giveUp(), { once: true });
  });
  return Promise.race([task, givenUp]);
}
