import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, fstatSync, openSync, readSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashFile, readBytes } from '../../src/site/hash-file.ts';
import { hashFiles } from '../../src/site/hash-files.ts';
import { tempSite } from './temp-site.ts';

const big = randomBytes(2 * readBytes + 17);
const exact = randomBytes(readBytes);

test.each([0, 1, 3])('with %i threads each file gets its own digest, in order', async (threads) => {
  const root = tempSite({ 'a.txt': 'a', 'big.bin': big, 'exact.bin': exact, empty: '' });
  const sources = ['big.bin', 'empty', 'missing', 'a.txt', 'exact.bin'];
  const results = await hashFiles({ root, sources, markers: [], threads });
  const of = (bytes: Uint8Array | string) => ({
    kind: 'hashed',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    head: null,
  });
  expect(results).toEqual([of(big), of(''), { kind: 'failed', code: 'ENOENT' }, of('a'), of(exact)]);
});

test.each([0, 2])('with %i threads the first bytes come back where a marker stands in them', async (threads) => {
  const root = tempSite({ a: `x MARK ${'y'.repeat(5000)}`, b: `${'y'.repeat(5000)} MARK`, 'c.pem': 'plain' });
  const results = await hashFiles({ root, sources: ['a', 'b', 'c.pem'], markers: ['MARK'], threads });
  const heads = results.map((result) => result.kind === 'hashed' && (result.head?.length ?? null));
  expect(heads).toEqual([4096, null, 5]);
});

describe('a file that does not hold still', () => {
  const tools = { openSync, fstatSync, readSync, closeSync, createHash, buffer: Buffer.alloc(1024), markers: [] };

  /** Reads as usual, but something happens to the file after the first read. */
  const meanwhile = (event: () => void) => {
    let reads = 0;
    const read = (fd: number, buffer: NodeJS.ArrayBufferView): number => {
      const got = readSync(fd, buffer, 0, buffer.byteLength, null);
      if (reads++ === 0) event();
      return got;
    };
    return { ...tools, readSync: read as typeof readSync };
  };

  test.each([10, 1024, 3000])('grows while it is read (%i bytes at first)', (size) => {
    const path = join(tempSite({ f: 'x'.repeat(size) }), 'f');
    expect(
      hashFile(
        path,
        meanwhile(() => appendFileSync(path, 'more')),
      ),
    ).toEqual({ kind: 'changed' });
  });

  test('is rewritten at the same size', () => {
    const path = join(tempSite({ f: 'x' }), 'f');
    expect(
      hashFile(
        path,
        meanwhile(() => utimesSync(path, 1, 1)),
      ),
    ).toEqual({ kind: 'changed' });
  });

  test('is a folder', () => {
    expect(hashFile(tempSite({}), tools)).toEqual({ kind: 'failed', code: 'EISDIR' });
  });
});
