import { createHash, randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { md5OfFile } from '../../src/site/md5-of-file.ts';
import { largestHeldBytes, readAsset } from '../../src/site/read-asset.ts';
import { tempSite } from './temp-site.ts';

const scanned = (root: string, source: string, bytes: Uint8Array | string) => ({
  root,
  source,
  size: Buffer.from(bytes).length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
const large = randomBytes(largestHeldBytes + 1);

async function collect(body: ReturnType<typeof readAsset>): Promise<Buffer> {
  if (body.kind !== 'stream') throw new Error(`a stream was expected, not ${body.kind}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('a file is held in memory', () => {
  const root = tempSite({ 'a.txt': 'hello' });
  expect(readAsset(scanned(root, 'a.txt', 'hello'))).toEqual({ kind: 'bytes', bytes: Buffer.from('hello') });
});

test('an empty file is no bytes', () => {
  expect(readAsset(scanned(tempSite({ e: '' }), 'e', ''))).toEqual({ kind: 'bytes', bytes: Buffer.alloc(0) });
});

test('a large file is streamed, as often as it takes', async () => {
  const body = readAsset(scanned(tempSite({ big: large }), 'big', large));
  expect(body).toMatchObject({ kind: 'stream', size: large.length });
  expect((await collect(body)).equals(large)).toBe(true);
  expect((await collect(body)).equals(large)).toBe(true);
});

test.each([
  ['other size', 'hello!', 'changed'],
  ['same size, other bytes', 'hallo', 'changed'],
])('%s', (_, now, kind) => {
  const root = tempSite({ 'a.txt': now });
  expect(readAsset(scanned(root, 'a.txt', 'hello'))).toEqual({ kind });
});

test('a file that is gone, or whose folder is a file now', () => {
  const root = tempSite({ a: '' });
  expect(readAsset(scanned(root, 'b.txt', ''))).toEqual({ kind: 'vanished' });
  expect(readAsset(scanned(root, 'a/b.txt', ''))).toEqual({ kind: 'vanished' });
});

test.each([
  ['grows', Buffer.concat([large, Buffer.from('x')])],
  ['shrinks', large.subarray(1)],
  ['keeps its size', Buffer.from(large).fill(0, 0, 1)],
])('a large file that %s before it is opened fails its stream', async (_, now) => {
  const root = tempSite({ big: Buffer.concat([Buffer.from([1]), large.subarray(1)]) });
  const body = readAsset(scanned(root, 'big', Buffer.concat([Buffer.from([1]), large.subarray(1)])));
  writeFileSync(join(root, 'big'), now);
  await expect(collect(body)).rejects.toMatchObject({ code: 'E_PARTIAL' });
});

test('a large file that is removed before it is opened fails its stream', async () => {
  const root = tempSite({ big: large });
  const body = readAsset(scanned(root, 'big', large));
  rmSync(join(root, 'big'));
  await expect(collect(body)).rejects.toMatchObject({ code: 'E_PARTIAL' });
});

test('MD5, and none of a file that is gone', async () => {
  const root = tempSite({ 'a.txt': 'hello' });
  expect(await md5OfFile(root, 'a.txt')).toBe('5d41402abc4b2a76b9719d911017c592');
  expect(await md5OfFile(root, 'b.txt')).toBe('');
});
