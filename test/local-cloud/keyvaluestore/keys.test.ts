import { CreateKeyValueStoreCommand } from '@aws-sdk/client-cloudfront';
import {
  DeleteKeyCommand,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  ListKeysCommand,
  PutKeyCommand,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { known, refusal, startTestCloud, type TestCloud } from '../cloudfront/support.ts';

let at: TestCloud;
let KvsARN: string;
let names = 0;

beforeAll(async () => {
  at = await startTestCloud({ storeSettleMs: 50 });
});
beforeEach(async () => {
  KvsARN = await createStore();
  at.advance(100);
});
afterAll(() => at.close());

async function createStore(): Promise<string> {
  names += 1;
  const { KeyValueStore } = await at.client.send(new CreateKeyValueStoreCommand({ Name: `store-${names}` }));
  return known(KeyValueStore?.ARN);
}

const state = () => at.stores.send(new DescribeKeyValueStoreCommand({ KvsARN }));
const etag = async () => known((await state()).ETag);
const get = (Key: string) => at.stores.send(new GetKeyCommand({ KvsARN, Key }));
const put = async (Key: string, Value: string, IfMatch?: string) =>
  at.stores.send(new PutKeyCommand({ KvsARN, Key, Value, IfMatch: IfMatch ?? (await etag()) }));
const remove = async (Key: string) => at.stores.send(new DeleteKeyCommand({ KvsARN, Key, IfMatch: await etag() }));
const update = async (puts: Readonly<Record<string, string>>, deletes: readonly string[] = []) =>
  at.stores.send(
    new UpdateKeysCommand({
      KvsARN,
      IfMatch: await etag(),
      Puts: Object.entries(puts).map(([Key, Value]) => ({ Key, Value })),
      Deletes: deletes.map((Key) => ({ Key })),
    }),
  );

describe('one key', () => {
  test.each(['plain', 'a/b', '/', 'clé', 'a b', '100%', 'a?b=c', 'a+b', 'a&b'])(
    '%s is written, read and deleted',
    async (key) => {
      const written = await put(key, 'value');
      expect(written).toMatchObject({ ItemCount: 1, TotalSizeInBytes: Buffer.byteLength(key) + 5 });
      expect(await get(key)).toMatchObject({ Key: key, Value: 'value', ItemCount: 1 });
      expect(await remove(key)).toMatchObject({ ItemCount: 0, TotalSizeInBytes: 0 });
      expect(await refusal(get(key))).toBe('ResourceNotFoundException 404');
      expect(await refusal(remove(key))).toBe('ResourceNotFoundException 404');
    },
  );

  test('a value is replaced, and the sizes follow', async () => {
    await put('k', 'long value');
    expect(await put('k', 'v')).toMatchObject({ ItemCount: 1, TotalSizeInBytes: 2 });
  });
});

describe('ETags', () => {
  test('every write gives the next one', async () => {
    const before = await etag();
    const first = known((await put('a', '1', before)).ETag);
    const second = known((await put('b', '2', first)).ETag);
    expect(new Set([before, first, second]).size).toBe(3);
    expect(await etag()).toBe(second);
  });

  test('a stale one is a conflict, and nothing is written', async () => {
    const before = await etag();
    await put('a', '1');
    expect(await refusal(put('a', '2', before))).toBe('ConflictException 409');
    expect((await get('a')).Value).toBe('1');
  });

  test('none is refused', async () => {
    expect(await refusal(put('a', '1', ' '))).toBe('ValidationException 400');
  });
});

describe('many keys', () => {
  test('are put and deleted at once', async () => {
    await update({ a: '1', b: '2' });
    const after = await update({ b: '3', c: '4' }, ['a']);
    expect(after).toMatchObject({ ItemCount: 2, TotalSizeInBytes: 4 });
    expect((await get('b')).Value).toBe('3');
    expect(await refusal(get('a'))).toBe('ResourceNotFoundException 404');
  });

  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

  test.each([
    ['50 keys', () => update(keys(50)), 'accepted'],
    ['51 keys', () => update(keys(51)), 'ValidationException 400'],
    ['50 puts and a delete', () => update(keys(50), ['x']), 'ValidationException 400'],
    ['nothing', () => update({}), 'ValidationException 400'],
    ['a key put and deleted', () => update({ a: '1' }, ['a']), 'ValidationException 400'],
    ['a key of 512 bytes', () => put('k'.repeat(512), 'v'), 'accepted'],
    ['a key of 513 bytes', () => put('é'.repeat(257), 'v'), 'ValidationException 400'],
    ['a value of 1,024 bytes', () => put('k', 'é'.repeat(512)), 'accepted'],
    ['a value of 1,025 bytes', () => put('k', 'v'.repeat(1025)), 'ValidationException 400'],
  ])('%s', async (_, call, code) => {
    expect(await refusal(call())).toBe(code);
  });

  test('all or nothing', async () => {
    expect(await refusal(update({ good: '1', bad: 'v'.repeat(1025) }))).toBe('ValidationException 400');
    expect(await refusal(get('good'))).toBe('ResourceNotFoundException 404');
  });

  test('5 MB and no more', async () => {
    const value = 'v'.repeat(1020);
    const page = (round: number) =>
      Object.fromEntries(
        Array.from({ length: 50 }, (_, index) => [String(round * 50 + index).padStart(4, '0'), value]),
      );
    for (let round = 0; round < 102; round += 1) await update(page(round));
    expect((await state()).TotalSizeInBytes).toBe(5_222_400);
    expect(await refusal(update(page(102)))).toBe('ServiceQuotaExceededException 402');
    expect((await state()).ItemCount).toBe(5100);
  });
});

describe('lists', () => {
  test('10 a page, at most 50', async () => {
    await update(Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`k${index + 10}`, String(index)])));
    const first = await at.stores.send(new ListKeysCommand({ KvsARN }));
    expect(first.Items).toHaveLength(10);
    expect(first.Items?.[0]).toEqual({ Key: 'k10', Value: '0' });
    const rest = await at.stores.send(new ListKeysCommand({ KvsARN, MaxResults: 50, NextToken: first.NextToken }));
    expect(rest.Items?.map((item) => item.Key)).toEqual(Array.from({ length: 35 }, (_, index) => `k${index + 20}`));
    expect(rest.NextToken).toBeUndefined();
    const tooMany = at.stores.send(new ListKeysCommand({ KvsARN, MaxResults: 51 }));
    expect(await refusal(tooMany)).toBe('ValidationException 400');
  });
});

describe('stores', () => {
  test('describe tells counts, times and status', async () => {
    await put('k', 'v');
    const described = await state();
    expect(described).toMatchObject({ KvsARN, ItemCount: 1, TotalSizeInBytes: 2, Status: 'READY' });
    expect(described.LastModified?.getTime()).toBe(at.now());
    expect(described.Created?.getTime()).toBe(at.now() - 100);
  });

  test('one that is not READY is a conflict', async () => {
    KvsARN = await createStore();
    expect(await refusal(state())).toBe('ConflictException 409');
  });

  test('one that does not exist', async () => {
    KvsARN = KvsARN.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect(await refusal(state())).toBe('ResourceNotFoundException 404');
  });

  test("another account's", async () => {
    const theirs = at.foreignStores.send(new DescribeKeyValueStoreCommand({ KvsARN }));
    expect(await refusal(theirs)).toBe('AccessDeniedException 403');
  });
});

describe('the edge', () => {
  test('sees a write some time later, the API at once', async () => {
    const seen = () => at.cloud.viewAt(0).storeValue(KvsARN, 'k');
    await put('k', '1');
    expect([seen(), (await get('k')).Value]).toEqual([undefined, '1']);
    at.advance(50);
    expect(seen()).toBe('1');
    await put('k', '2');
    at.advance(20);
    await put('k', '3');
    expect(seen()).toBe('1');
    at.advance(30);
    expect(seen()).toBe('2');
    at.advance(20);
    expect(seen()).toBe('3');
    await remove('k');
    expect(seen()).toBe('3');
    expect(at.cloud.viewAt(0).storeMeta(KvsARN)?.keyCount).toBe(1);
    at.advance(50);
    expect(seen()).toBeUndefined();
    expect(at.cloud.viewAt(0).storeMeta(KvsARN)).toEqual({
      created: expect.any(Number),
      updated: at.now() - 50,
      keyCount: 0,
    });
  });

  test('sees nothing of a store that does not exist', () => {
    expect(at.cloud.viewAt(0).storeValue('arn', 'k')).toBeUndefined();
    expect(at.cloud.viewAt(0).storeMeta('arn')).toBeUndefined();
  });
});

test('operations are told apart', () => {
  const rawPath = `/key-value-stores/${encodeURIComponent(KvsARN)}`;
  const operationOf = (method: string, path: string) =>
    at.cloud.storeOperationOf({
      id: 'id',
      service: 'cloudfront-keyvaluestore',
      method,
      rawPath: rawPath + path,
      query: new URLSearchParams(),
      host: 'localhost',
      headers: {},
      body: Buffer.alloc(0),
      trailers: {},
      caller: { kind: 'anonymous' },
    });
  const rows = [
    ['GET', '', 'DescribeKeyValueStore'],
    ['GET', '/keys', 'ListKeys'],
    ['POST', '/keys', 'UpdateKeys'],
    ['GET', '/keys/a%2Fb', 'GetKey'],
    ['PUT', '/keys/a', 'PutKey'],
    ['DELETE', '/keys/a', 'DeleteKey'],
    ['DELETE', '', 'Unknown'],
    ['GET', '/values', 'Unknown'],
  ] as const;
  for (const [method, path, operation] of rows) expect(operationOf(method, path)).toBe(operation);
});
