import type { Answer } from './compress-answer.ts';
import type { HeaderLines } from './header-lines.ts';
import type { CacheKey } from './make-cache-key.ts';

/** A complete answer, as it lies in the cache or was just fetched. Times are in milliseconds. */
export interface CacheEntry extends Answer {
  readonly key: CacheKey;
  /** Its cache tags in lower case, as they were read when it was fetched. */
  readonly tags: readonly string[];
  /** What the origin said for this key, where a custom error page changed it. */
  readonly originStatus: number;
  /** When the origin gave or confirmed it. */
  readonly storedAt: number;
  readonly freshUntil: number;
  /** Until when an expired copy may stand in for a 5xx. */
  readonly usableUntil: number;
  /** Until when an expired copy is served while it is fetched anew. */
  readonly revalidatableUntil: number;
  /** If-None-Match and If-Modified-Since that ask the origin whether it still holds; none for errors. */
  readonly conditions: HeaderLines;
}

export function isError(entry: CacheEntry): boolean {
  return entry.originStatus >= 400;
}
