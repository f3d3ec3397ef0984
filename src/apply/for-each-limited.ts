import { limitBytes } from './limit-bytes.ts';

/** So many at a time, and, where they hold their bytes in memory, so many bytes at a time; one alone always may. */
export interface Limit<T> {
  readonly tasks: number;
  readonly bytes: number;
  readonly bytesOf: (item: T) => number;
}

/**
 * Runs `task` on every item, at most `limit` at a time, in order of start. After the first failure no new one is begun;
 * those in flight are waited for, then the first error is thrown.
 */
export async function forEachLimited<T>(
  items: readonly T[],
  limit: number | Limit<T>,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const { tasks, bytes, bytesOf } = typeof limit === 'number' ? unweighed(limit) : limit;
  const queue = items.values();
  const errors: unknown[] = [];
  const hold = limitBytes(bytes);
  const run = async (item: T): Promise<void> => {
    if (errors.length === 0) await task(item).catch((error: unknown) => errors.push(error));
  };
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      if (errors.length > 0) return;
      await hold(bytesOf(item), () => run(item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(tasks, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
}

const unweighed = (tasks: number) => ({ tasks, bytes: Number.POSITIVE_INFINITY, bytesOf: () => 0 });
