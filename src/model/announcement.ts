import type { EdgeSource } from './edge-source.ts';

/** What a run is about to do to one key, written before the first write so that a killed run leaves a trace. */
export interface AnnouncedKey {
  readonly key: string;
  readonly action: 'add' | 'change' | 'headers' | 'delete';
  /** ETag that the plan saw, or null where the key did not exist. */
  readonly etag: string | null;
  /** SHA-256 of the new bytes in hex, or null for a delete. */
  readonly sha256: string | null;
  /** Hash of the new headers, or null for a delete. */
  readonly headersHash: string | null;
  /** Paths under which an edge may hold the key. */
  readonly paths: readonly string[];
  readonly tags: readonly string[];
}

/** An invalidation that edges had not all carried out when its run ended. */
export interface AwaitedInvalidation {
  /** Id of the distribution. */
  readonly distribution: string;
  readonly id: string;
}

export interface Announcement {
  readonly schema: number;
  readonly run: string;
  readonly release: string;
  /** Seconds since the epoch, by S3's clock. */
  readonly startedAt: number;
  readonly keys: readonly AnnouncedKey[];
  /** What of the edge is about to change: `function NAME`, `store KEY`, `field NAME`; `import`: a store's data in a file;
   * `policy ID`: one that is left. */
  readonly edge: readonly string[];
  /** The rules that are about to run, where they are others; null where the edge stays as it is. */
  readonly source: EdgeSource | null;
  /** Where only a late part is left: what must be Completed before it may begin. */
  readonly awaits: readonly AwaitedInvalidation[];
}
