import {
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareKeys, createSortedKeys } from '../../../src/local-cloud/s3/sorted-keys.ts';
import { codeOf, type LocalS3, startLocalS3 } from './local-s3.ts';

let s3: LocalS3;
beforeAll(async () => {
  s3 = await startLocalS3();
});
afterAll(() => s3.stop());

const list = (Bucket: string, input: Partial<ListObjectsV2CommandInput> = {}) =>
  s3.client.send(new ListObjectsV2Command({ Bucket, ...input }));
const fill = async (keys: readonly string[]) => {
  const Bucket = await s3.bucket();
  for (const Key of keys) await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  return Bucket;
};
/** All pages, keys and prefixes in the order of the pages. */
async function walk(Bucket: string, input: Partial<ListObjectsV2CommandInput>) {
  const pages: string[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await list(Bucket, { ...input, ...(ContinuationToken === undefined ? {} : { ContinuationToken }) });
    expect(page.KeyCount).toBe((page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0));
    const names = [
      ...(page.CommonPrefixes ?? []).map((each) => each.Prefix),
      ...(page.Contents ?? []).map((each) => each.Key),
    ];
    pages.push(names.map((name) => name ?? '').sort(compareKeys));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return pages;
}

describe('ListObjectsV2', () => {
  test('is in the order of UTF-8 bytes', async () => {
    const keys = ['\u{10000}', '\uffee', '\ue000', '\ud7ff', 'z', 'Z', 'a/', 'a', 'a-', 'a0', '\u00e9', 'e\u0301', '~'];
    const Bucket = await fill(keys);
    const expected = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect((await list(Bucket)).Contents?.map((each) => each.Key)).toEqual(expected);
  });

  test('describes each object', async () => {
    const Bucket = await fill(['k']);
    const [object] = (await list(Bucket, { FetchOwner: true })).Contents ?? [];
    expect(object).toMatchObject({
      Key: 'k',
      Size: 1,
      ETag: '"8ce4b16b22b58894aa86c421e8759df3"',
      StorageClass: 'STANDARD',
      ChecksumAlgorithm: ['CRC32'],
      ChecksumType: 'FULL_OBJECT',
      Owner: { ID: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect((object?.LastModified?.getTime() ?? 1) % 1000).toBe(0);
    expect((await list(Bucket)).Contents?.[0]).not.toHaveProperty('Owner');
  });

  const tree = ['a', 'a/1', 'a/2', 'a/b/1', 'a/b/2', 'a/c', 'b', 'b/1', 'c//d', 'c/d'];
  const rows: [string, Partial<ListObjectsV2CommandInput>, string[][]][] = [
    ['all', {}, [tree]],
    ['a prefix', { Prefix: 'a/' }, [['a/1', 'a/2', 'a/b/1', 'a/b/2', 'a/c']]],
    ['a prefix that is a key', { Prefix: 'a' }, [tree.slice(0, 6)]],
    ['a prefix of nothing', { Prefix: 'x' }, [[]]],
    ['a delimiter', { Delimiter: '/' }, [['a', 'a/', 'b', 'b/', 'c/']]],
    ['prefix and delimiter', { Prefix: 'a/', Delimiter: '/' }, [['a/1', 'a/2', 'a/b/', 'a/c']]],
    ['a longer delimiter', { Delimiter: '/b/' }, [['a', 'a/1', 'a/2', 'a/b/', 'a/c', 'b', 'b/1', 'c//d', 'c/d']]],
    ['an empty folder name', { Prefix: 'c/', Delimiter: '/' }, [['c//', 'c/d']]],
    ['after a key', { StartAfter: 'a/c' }, [tree.slice(6)]],
    ['after no key', { StartAfter: 'a/bb' }, [tree.slice(5)]],
    ['pages', { MaxKeys: 4 }, [tree.slice(0, 4), tree.slice(4, 8), tree.slice(8)]],
    ['pages that just fit', { MaxKeys: 5 }, [tree.slice(0, 5), tree.slice(5)]],
    ['pages of prefixes', { Delimiter: '/', MaxKeys: 2 }, [['a', 'a/'], ['b', 'b/'], ['c/']]],
    ['pages of one', { Prefix: 'a/', Delimiter: '/', MaxKeys: 1 }, [['a/1'], ['a/2'], ['a/b/'], ['a/c']]],
    ['pages after a key', { StartAfter: 'b', MaxKeys: 2 }, [['b/1', 'c//d'], ['c/d']]],
    ['no keys', { MaxKeys: 0 }, [[]]],
  ];
  test('a tree', async () => {
    const Bucket = await fill(tree);
    for (const [name, input, pages] of rows) expect([name, await walk(Bucket, input)]).toEqual([name, pages]);
  });

  test('never gives more than 1,000 keys', async () => {
    const keys = Array.from({ length: 1001 }, (_, n) => `k${String(n).padStart(4, '0')}`);
    const Bucket = await s3.bucket();
    await Promise.all(keys.map((Key) => s3.client.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(0) }))));
    const first = await list(Bucket, { MaxKeys: 5000 });
    expect([first.MaxKeys, first.KeyCount, first.IsTruncated]).toEqual([1000, 1000, true]);
    expect((await walk(Bucket, {})).flat()).toEqual(keys);
  });

  test('encodes under encoding-type=url', async () => {
    const Bucket = await fill(['a b/\u0001', "p/c+d%é!'()*~", 'plain/x-._']);
    const page = await list(Bucket, { EncodingType: 'url' });
    expect(page.Contents?.map((each) => each.Key)).toEqual([
      'a+b/%01',
      'p/c%2Bd%25%C3%A9%21%27%28%29*%7E',
      'plain/x-._',
    ]);
    expect(page.EncodingType).toBe('url');
    const folders = await list(Bucket, { EncodingType: 'url', Delimiter: '/', StartAfter: 'a' });
    expect(folders.CommonPrefixes?.map((each) => each.Prefix)).toEqual(['a+b/', 'p/', 'plain/']);
  });

  test.each([
    ['a broken token', { ContinuationToken: 'nonsense' }],
    ['a negative number of keys', { MaxKeys: -1 }],
    ['an unknown encoding', { EncodingType: 'base64' as 'url' }],
  ])('%s is an InvalidArgument', async (_name, input) => {
    const Bucket = await s3.bucket();
    expect(await codeOf(list(Bucket, input))).toBe('400 InvalidArgument');
  });
});

test('ListObjects pages by marker', async () => {
  const Bucket = await fill(['a', 'b/1', 'b/2', 'c']);
  const v1 = (input: object) => s3.client.send(new ListObjectsCommand({ Bucket, ...input }));
  const first = await v1({ MaxKeys: 2, Delimiter: '/' });
  expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'b/' });
  const second = await v1({ MaxKeys: 2, Delimiter: '/', Marker: first.NextMarker });
  expect(second.Contents?.map((each) => each.Key)).toEqual(['c']);
  expect((await v1({ MaxKeys: 2 })).NextMarker).toBeUndefined();
  expect((await v1({ Marker: 'b/1' })).Contents?.map((each) => each.Key)).toEqual(['b/2', 'c']);
});

test('sorted keys behave as a sorted set', () => {
  const key = fc.string({ unit: 'grapheme', maxLength: 4 });
  const steps = fc.array(fc.tuple(fc.constantFrom('add', 'delete'), key), { maxLength: 60 });
  fc.assert(
    fc.property(steps, key, (list, from) => {
      const keys = createSortedKeys();
      const model = new Set<string>();
      for (const [step, each] of list) {
        if (step === 'add') model.add(each);
        else model.delete(each);
        if (step === 'add') keys.add(each);
        else keys.delete(each);
      }
      const sorted = [...model].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect([...keys.from(() => false)]).toEqual(sorted);
      expect(keys.size).toBe(model.size);
      const before = (each: string) => compareKeys(each, from) < 0;
      expect([...keys.from(before)]).toEqual(sorted.filter((each) => !before(each)));
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['in order', (n: number) => n],
  ['backwards', (n: number) => 5000 - n],
  ['scattered', (n: number) => (n * 2477) % 5003],
])('sorted keys hold many keys added %s', (_name, place) => {
  const keys = createSortedKeys();
  const all = Array.from({ length: 5000 }, (_, n) => `key-${String(place(n)).padStart(5, '0')}`);
  for (const key of all) keys.add(key);
  for (const key of all) keys.add(key);
  expect([...keys.from(() => false)]).toEqual([...all].sort());
  for (const key of all.slice(0, 4990)) keys.delete(key);
  expect([...keys.from(() => false)]).toEqual(all.slice(4990).sort());
});
