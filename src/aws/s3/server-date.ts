import type { Clock } from '../../model/ports.ts';

interface Stack {
  add(middleware: unknown, options: object): void;
}

interface Answer {
  readonly response: { readonly headers?: Readonly<Record<string, string>> };
  readonly output: { $metadata: { serverDateMs?: number } };
}

/**
 * Keeps the `Date` of each answer beside it: the age of a lock is judged by S3's clock, never by ours. Answers a clock
 * that goes on from the last one, in milliseconds since the epoch.
 */
export function keepServerDate(stack: Stack, clock: Pick<Clock, 'monotonic'>): () => number | undefined {
  let last: { readonly dateMs: number; readonly atMs: number } | undefined;
  const middleware = (next: (args: unknown) => Promise<Answer>) => async (args: unknown) => {
    const answer = await next(args);
    const date = answer.response.headers?.date;
    if (date === undefined) return answer;
    const dateMs = Date.parse(date);
    answer.output.$metadata.serverDateMs = dateMs;
    last = { dateMs, atMs: clock.monotonic() };
    return answer;
  };
  stack.add(middleware, { step: 'initialize', name: 'keepServerDate' });
  return () => last && last.dateMs + clock.monotonic() - last.atMs;
}

/** When the server answered, by its own clock, in milliseconds since the epoch; undefined where it did not say. */
export const serverDateMs = (output: { readonly $metadata: object }): number | undefined =>
  (output as Answer['output']).$metadata.serverDateMs;
