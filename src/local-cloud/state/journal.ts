/**
 * Where a part of the local cloud keeps its records: JSON values by name. A write is on record when the call returns,
 * so a reply that follows it is never ahead of what a restart would find.
 */
export interface Journal {
  /** What stood on record when it was opened, in no particular order. */
  entries(): Iterable<readonly [string, unknown]>;
  /** Sets a record; `undefined` drops it. */
  write(name: string, value: unknown): void;
}

/** Records that end with the process. */
export const memoryJournal: Journal = { entries: () => [], write: () => {} };
