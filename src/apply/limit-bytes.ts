/**
 * Lets tasks run that hold bytes in memory, so many bytes at once at most; one task alone always may. In order of
 * asking.
 */
export function limitBytes(limit: number): <T>(bytes: number, task: () => Promise<T>) => Promise<T> {
  const waiting: { readonly bytes: number; readonly begin: () => void }[] = [];
  let held = 0;
  const admit = () => {
    for (let next = waiting[0]; next !== undefined && (held === 0 || held + next.bytes <= limit); next = waiting[0]) {
      waiting.shift();
      held += next.bytes;
      next.begin();
    }
  };
  return async (bytes, task) => {
    await new Promise<void>((begin) => {
      waiting.push({ bytes, begin });
      admit();
    });
    try {
      return await task();
    } finally {
      held -= bytes;
      admit();
    }
  };
}
