import type { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { HeaderLines } from './header-lines.ts';

/** An answer on its way to the viewer, before the edge's own headers are put on it. */
export interface Reply {
  readonly status: number;
  /** The reason phrase, where a function set one. */
  readonly statusText?: string;
  readonly headers: HeaderLines;
  /** A stream only where the object is too large for the cache. */
  readonly body: Buffer | Readable;
  /** The first word of `X-Cache`, before `from cloudfront`. */
  readonly cache: CacheResult;
}

export type CacheResult =
  | 'Hit'
  | 'Miss'
  | 'RefreshHit'
  | 'Error'
  | 'FunctionGeneratedResponse'
  | 'FunctionExecutionError'
  | 'FunctionValidationError'
  | 'FunctionThrottledError';
