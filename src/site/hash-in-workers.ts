import { Worker } from 'node:worker_threads';
import { type HashResult, hashFile, readBytes } from './hash-file.ts';

/** What a worker sends: the results of the paths from `start` on. */
interface Batch {
  readonly start: number;
  readonly results: readonly HashResult[];
}

/**
 * Hashes files on threads that draw batches from one counter, so that a large file holds up nobody. Rejects where a
 * thread itself fails; what happens to a file is in its result.
 */
export async function hashInWorkers(request: {
  readonly paths: readonly string[];
  readonly markers: readonly string[];
  readonly threads: number;
}): Promise<readonly HashResult[]> {
  const results: HashResult[] = new Array(request.paths.length);
  const counter = new SharedArrayBuffer(4);
  const workerData = { paths: request.paths, markers: request.markers, counter, readBytes, batch: 32 };
  const receive = ({ start, results: some }: Batch): void => {
    for (const [index, result] of some.entries()) results[start + index] = result;
  };
  await Promise.all(Array.from({ length: request.threads }, () => runWorker(workerData, receive)));
  return results;
}

function runWorker(workerData: unknown, receive: (batch: Batch) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerText, { eval: true, workerData, execArgv: [] });
    worker.on('message', receive);
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a hashing thread ended with ${code}`))));
  });
}

/**
 * The thread's program is text and not a file: the same function then runs from `dist/` and from the TypeScript sources,
 * which Node's loader of workers cannot read.
 */
const workerText = `
const { parentPort, workerData } = require('node:worker_threads');
const { openSync, fstatSync, readSync, closeSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { paths, markers, counter, readBytes, batch } = workerData;
const buffer = Buffer.allocUnsafe(readBytes);
const tools = { openSync, fstatSync, readSync, closeSync, createHash, buffer, markers };
const hashFile = ${hashFile.toString()};
const next = new Int32Array(counter);
for (let start = Atomics.add(next, 0, batch); start < paths.length; start = Atomics.add(next, 0, batch)) {
  const results = paths.slice(start, start + batch).map((path) => hashFile(path, tools));
  parentPort.postMessage({ start, results });
}
`;
