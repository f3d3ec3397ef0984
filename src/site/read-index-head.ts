import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** What a generator writes into the head of a page stands well within this. */
const headBytes = 16_384;

/** The beginning of the build's index.html, for what it says of its generator; empty where there is none. */
export function readIndexHead(root: string): string {
  try {
    const fd = openSync(join(root, 'index.html'), 'r');
    try {
      const buffer = Buffer.alloc(headBytes);
      return buffer.toString('utf8', 0, readSync(fd, buffer, 0, headBytes, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
