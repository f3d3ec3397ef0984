import type { createHash } from 'node:crypto';
import type { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The calls that hashing needs. They are passed in, because the function also runs from its own text in a worker. */
export interface HashTools {
  readonly openSync: typeof openSync;
  readonly fstatSync: typeof fstatSync;
  readonly readSync: typeof readSync;
  readonly closeSync: typeof closeSync;
  readonly createHash: typeof createHash;
  /** Reused for every read. */
  readonly buffer: Buffer;
  /** Texts of which one must stand in the first bytes of a file that holds a secret. */
  readonly markers: readonly string[];
}

/** Size of the buffer that is reused for every read. */
export const readBytes = 1_048_576;

export type HashResult =
  | {
      readonly kind: 'hashed';
      readonly size: number;
      readonly sha256: string;
      /** The first 4 KB as Latin-1 where they must be looked at, for secrets or because they are gzip, else null. */
      readonly head: string | null;
    }
  | { readonly kind: 'changed' }
  | { readonly kind: 'failed'; readonly code: string };

/**
 * Reads a file once, synchronously (faster than the thread pool for many small files), for its size and SHA-256. A file
 * whose size or time changes meanwhile is `changed`. Refers to nothing but its arguments: workers get its text.
 */
export function hashFile(path: string, tools: HashTools): HashResult {
  const { openSync, fstatSync, readSync, closeSync, createHash, buffer, markers } = tools;
  let fd = -1;
  try {
    fd = openSync(path, 'r');
    const before = fstatSync(fd);
    if (!before.isFile()) return { kind: 'failed', code: 'EISDIR' };
    const hash = createHash('sha256');
    let head: string | null = null;
    let size = 0;
    let read = readSync(fd, buffer, 0, buffer.length, null);
    if (read > 0) {
      const first = buffer.toString('latin1', 0, Math.min(read, 4096));
      const wanted = /\.(?:pem|key)$/i.test(path) || first.startsWith('\x1f\x8b');
      if (wanted || markers.some((marker) => first.includes(marker))) head = first;
    }
    while (read > 0) {
      hash.update(read === buffer.length ? buffer : buffer.subarray(0, read));
      size += read;
      read = size === before.size && read < buffer.length ? 0 : readSync(fd, buffer, 0, buffer.length, null);
    }
    const after = fstatSync(fd);
    if (size !== after.size || size !== before.size || before.mtimeMs !== after.mtimeMs) return { kind: 'changed' };
    return { kind: 'hashed', size, sha256: hash.digest('hex'), head };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    return { kind: 'failed', code };
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}
