import { createHash, hash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Transform, type TransformCallback } from 'node:stream';
import type { ScannedFile } from '../model/asset.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { directoryError, systemCode, whenFinished } from './directory-error.ts';

/** A file on its way up, or why it is no longer what the scan saw. */
export type AssetBody =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** `open` begins anew each time, for retries. The stream fails with `E_PARTIAL` where the bytes are others. */
  | { readonly kind: 'stream'; readonly size: number; open(): AsyncIterable<Uint8Array> }
  | { readonly kind: 'changed' }
  | { readonly kind: 'vanished' };

/** Up to here a file is held in memory while it is sent; what is larger is streamed. */
export const largestHeldBytes = 8 * 1024 * 1024;

/** Reads a scanned file for its upload and compares it with the scan. Throws `E_DIR` where it cannot be read at all. */
export function readAsset(request: { readonly root: string } & Omit<ScannedFile, 'key'>): AssetBody {
  const { root, source, size, sha256 } = request;
  const path = join(root, source);
  try {
    if (statSync(path).size !== size) return { kind: 'changed' };
    if (size > largestHeldBytes) return { kind: 'stream', size, open: () => openChecked(path, request) };
    const bytes = readFileSync(path);
    return hash('sha256', bytes, 'hex') === sha256 ? { kind: 'bytes', bytes } : { kind: 'changed' };
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'vanished' };
    throw directoryError(source, code, error);
  }
}

function openChecked(path: string, { source, size, sha256 }: Omit<ScannedFile, 'key'>): AsyncIterable<Uint8Array> {
  const digest = createHash('sha256');
  let seen = 0;
  const checked = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      digest.update(chunk);
      seen += chunk.length;
      done(seen > size ? changedError(source) : null, chunk);
    },
    flush(done: TransformCallback) {
      done(seen === size && digest.digest('hex') === sha256 ? null : changedError(source));
    },
  });
  const file = createReadStream(path, { highWaterMark: 1_048_576 });
  file.on('error', (error) => checked.destroy(systemCode(error) === 'ENOENT' ? changedError(source) : error));
  checked.on('close', () => file.destroy());
  return file.pipe(checked);
}

const changedError = (source: string): CdnpubError =>
  new CdnpubError('E_PARTIAL', {
    message: `${source} changed while it was published`,
    hints: [whenFinished],
    details: { path: source },
  });
