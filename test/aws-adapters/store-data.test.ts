import { describe, expect, test } from 'vitest';
import { cutIntoBatches } from '../../src/aws/keyvaluestore/cut-into-batches.ts';
import { type Adapters, openAdapters } from './open-adapters.ts';

/** A store that is READY and empty. */
async function openStore(): Promise<Adapters & { readonly arn: string }> {
  const adapters = await openAdapters();
  const { 'store.arn': arn = '' } = await adapters.play(
    adapters.cdn.run({ kind: 'createStore', name: 'docs-store', load: null }, {}),
  );
  // The client and its signer are loaded by the first call.
  await adapters.data.describe(arn);
  await adapters.asked();
  return { ...adapters, arn };
}

const many = (count: number) => new Map(Array.from({ length: count }, (_, n) => [`1/i/${n}`, `value ${n}`]));

const write = (
  { data, play, arn }: Adapters & { readonly arn: string },
  given: {
    readonly etag?: string;
    readonly puts?: Readonly<Record<string, string>>;
    readonly deletes?: readonly string[];
  },
) => {
  const { etag, puts = {}, deletes = [] } = given;
  return play(data.write({ arn, etag, puts: new Map(Object.entries(puts)), deletes }));
};

test('keys are written over the ETag that the one before left, read back whole, and deleted', async () => {
  const at = await openStore();
  const first = await write(at, { puts: { a: '1', b: '2' } });
  const second = await write(at, { etag: first.etag, puts: { b: '3', 'ü/ñ': 'é' }, deletes: ['a'] });
  expect([first.alone, second.alone]).toEqual([true, true]);
  expect(await at.data.describe(at.arn)).toEqual({ etag: second.etag });
  expect(Object.fromEntries(await at.data.list(at.arn))).toEqual({ b: '3', 'ü/ñ': 'é' });
});

test('more keys than one call takes go in several, and are counted', async () => {
  const at = await openStore();
  const before = { ...at.connection.counts.kvs };
  await at.play(at.data.write({ arn: at.arn, etag: undefined, puts: many(120), deletes: [] }));
  expect(await at.asked()).toEqual(['DescribeKeyValueStore', 'UpdateKeys', 'UpdateKeys', 'UpdateKeys']);
  expect(await at.data.list(at.arn)).toEqual(many(120));
  const { kvs } = at.connection.counts;
  expect({ read: kvs.read - before.read, write: kvs.write - before.write }).toEqual({ read: 4, write: 3 });
});

describe('another write in between', () => {
  test('is read, kept, and what is missing is written over it', async () => {
    const at = await openStore();
    const { etag } = await write(at, { puts: { a: '1' } });
    await write(at, { etag, puts: { theirs: 'kept' } });
    const written = await write(at, { etag, puts: { a: '2', b: '1' }, deletes: ['gone'] });
    expect(written.alone).toBe(false);
    expect(Object.fromEntries(await at.data.list(at.arn))).toEqual({ a: '2', b: '1', theirs: 'kept' });
  });

  test('that never ends is told', async () => {
    const at = await openStore();
    const { etag } = await write(at, { puts: { a: '1' } });
    await at.setFaults([{ match: { op: 'UpdateKeys' }, do: { status: 409, code: 'ConflictException' } }]);
    await expect(write(at, { etag, puts: { a: '2' } })).rejects.toMatchObject({ code: 'E_STALE' });
  });
});

describe('a reply that was lost', () => {
  test.each([
    { lost: 'of the only call', count: 3 },
    { lost: 'of the first of two', count: 60 },
  ])('$lost: every key is there once', async ({ count }) => {
    const at = await openStore();
    const { etag } = await write(at, { puts: { a: '1' } });
    await at.setFaults([{ match: { op: 'UpdateKeys' }, times: 1, do: { reset: 'after' } }]);
    await at.play(at.data.write({ arn: at.arn, etag, puts: many(count), deletes: ['a'] }));
    expect(await at.data.list(at.arn)).toEqual(many(count));
  });
});

test('an error names the action, the store and the caller', async () => {
  const at = await openStore();
  await at.setFaults([{ match: { op: 'UpdateKeys' }, do: { status: 403, code: 'AccessDeniedException' } }]);
  await expect(write(at, { puts: { a: '1' } })).rejects.toMatchObject({
    code: 'E_PERMISSION',
    message: expect.stringMatching(/cloudfront-keyvaluestore:UpdateKeys on .*key-value-store/),
  });
});

describe('calls', () => {
  const rows = [
    { name: 'nothing', puts: 0, size: 1, deletes: 0, calls: [] },
    { name: '50 keys', puts: 30, size: 1, deletes: 20, calls: [50] },
    { name: '51 keys', puts: 30, size: 1, deletes: 21, calls: [50, 1] },
    { name: 'large values', puts: 3, size: 700_000, deletes: 1, calls: [2, 2] },
  ];

  test.each(rows)('$name', ({ puts, size, deletes, calls }) => {
    const batches = cutIntoBatches({
      puts: new Map(Array.from({ length: puts }, (_, n) => [`p${n}`, 'x'.repeat(size)])),
      deletes: Array.from({ length: deletes }, (_, n) => `d${n}`),
    });
    expect(batches.map((batch) => batch.puts.size + batch.deletes.length)).toEqual(calls);
  });
});
