import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type HashResult, hashFile, readBytes } from './hash-file.ts';
import { hashInWorkers } from './hash-in-workers.ts';

/** From here on starting threads (some 20 ms each) pays, and a thread of its own keeps the network going meanwhile. */
const manyFiles = 500;
const manyBytes = 50_000_000;

/** Size and SHA-256 of each file, in the order of the sources; on worker threads where there is much to read. */
export async function hashFiles(request: {
  readonly root: string;
  readonly sources: readonly string[];
  readonly markers: readonly string[];
  /** Decides by the files themselves where it is not given. */
  readonly threads?: number;
}): Promise<readonly HashResult[]> {
  const paths = request.sources.map((source) => join(request.root, source));
  const threads = request.threads ?? (isMuch(paths) ? Math.min(availableParallelism(), paths.length) : 0);
  if (threads > 0) return await hashInWorkers({ paths, markers: request.markers, threads });
  const buffer = Buffer.allocUnsafe(readBytes);
  const tools = { openSync, fstatSync, readSync, closeSync, createHash, buffer, markers: request.markers };
  return paths.map((path) => hashFile(path, tools));
}

function isMuch(paths: readonly string[]): boolean {
  if (paths.length > manyFiles) return true;
  const sizes = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0) > manyBytes;
}
