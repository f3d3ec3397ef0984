interface Stack {
  add(middleware: unknown, options: object): void;
}

interface Answer {
  readonly response: { readonly headers?: Readonly<Record<string, string>> };
  readonly output: { $metadata: { serverDateMs?: number } };
}

/** Keeps the `Date` of each answer beside it: the age of a lock is judged by S3's clock, never by ours. */
export function keepServerDate(stack: Stack): void {
  const middleware = (next: (args: unknown) => Promise<Answer>) => async (args: unknown) => {
    const answer = await next(args);
    const date = answer.response.headers?.date;
    if (date !== undefined) answer.output.$metadata.serverDateMs = Date.parse(date);
    return answer;
  };
  stack.add(middleware, { step: 'initialize', name: 'keepServerDate' });
}

/** When the server answered, by its own clock, in milliseconds since the epoch; undefined where it did not say. */
export const serverDateMs = (output: { readonly $metadata: object }): number | undefined =>
  (output as Answer['output']).$metadata.serverDateMs;
