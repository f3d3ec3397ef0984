import { afterAll } from 'vitest';
import { isFull } from './scale.ts';

const counts = new Map<string, number>();

/** Counts what a run has tried and what it has found wrong. */
export function count(what: string, by = 1): void {
  counts.set(what, (counts.get(what) ?? 0) + by);
}

/** Keeps the greatest of what it is told. */
export function measure(what: string, value: number): void {
  counts.set(what, Math.max(counts.get(what) ?? 0, value));
}

/** Prints the counts behind the last test of a file, in a full run; those that were never counted as 0. */
export function tellCounts(name: string, whats: readonly string[]): void {
  afterAll(() => {
    const line = whats.map((what) => `${what} ${Math.round((counts.get(what) ?? 0) * 10) / 10}`).join(' · ');
    if (isFull) process.stderr.write(`\n${name}: ${line}\n`);
  });
}
