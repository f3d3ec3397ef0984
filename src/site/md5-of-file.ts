import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { directoryError, systemCode } from './directory-error.ts';

/**
 * MD5 of a file as lower-case hex, to compare with the ETag of an object that is not on record; empty, which no
 * ETag is, where the file has vanished. Throws `E_DIR` where it cannot be read.
 */
export async function md5OfFile(root: string, source: string): Promise<string> {
  const digest = createHash('md5');
  try {
    await pipeline(createReadStream(join(root, source), { highWaterMark: 1_048_576 }), digest);
    return digest.digest('hex');
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw directoryError(source, code, error);
  }
}
