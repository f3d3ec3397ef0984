import { ListMultipartUploadsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { WriteResult } from '../../src/model/ports.ts';
import type { FaultRule } from '../support/faults.ts';
import { headers, makePut, makeStreamPut } from './make-put.ts';
import { type Adapters, bucket, openAdapters } from './open-adapters.ts';

const mebibyte = 1_048_576;
const film = new Uint8Array(17 * mebibyte).map((_, at) => at % 251);
const everything = { after: undefined, through: undefined };

/** A written object's ETag; anything else fails the test. */
function etagOf(result: WriteResult): string {
  expect(result.kind).toBe('written');
  return result.kind === 'written' ? result.etag : '';
}

/** Loses the reply to the first request of an operation, which was carried out. */
async function loseReply({ store, setFaults, asked }: Adapters, op: string): Promise<void> {
  await store.list(everything);
  await asked();
  await setFaults([{ match: { op }, times: 1, do: { reset: 'after' } }]);
}

describe('a write whose reply was lost is done', () => {
  test('a new object', async () => {
    const adapters = await openAdapters();
    await loseReply(adapters, 'PutObject');
    const etag = etagOf(await adapters.play(adapters.store.put(makePut('a.html', 'a'))));
    expect(await adapters.asked()).toEqual(['PutObject', 'PutObject', 'HeadObject']);
    expect(await adapters.store.head('a.html')).toMatchObject({ etag, headers });
  });

  test('a changed object', async () => {
    const adapters = await openAdapters();
    const { store, play } = adapters;
    const etag = etagOf(await store.put(makePut('a.html', 'a')));
    await loseReply(adapters, 'PutObject');
    const changed = await play(store.put(makePut('a.html', 'b', { condition: { kind: 'matches', etag } })));
    expect(await store.head('a.html')).toMatchObject({ etag: etagOf(changed) });
  });

  test('other headers of an object', async () => {
    const adapters = await openAdapters();
    const { store, play } = adapters;
    const put = makePut('a.html', 'a');
    const etag = etagOf(await store.put(put));
    await loseReply(adapters, 'CopyObject');
    const others = { ...headers, 'cache-control': 'max-age=1' };
    etagOf(await play(store.rewriteHeaders({ key: 'a.html', etag, sha256: put.sha256, headers: others, size: 1 })));
    expect(await store.head('a.html')).toMatchObject({ headers: others });
  });

  test('other headers of an object of several parts, whose copy has another ETag', async () => {
    const adapters = await openAdapters();
    const { store, play } = adapters;
    const put = makeStreamPut('film.mp4', film);
    const etag = etagOf(await play(store.put(put)));
    await loseReply(adapters, 'CopyObject');
    const rewrite = {
      key: 'film.mp4',
      etag,
      sha256: put.sha256,
      headers: { ...headers, 'cache-control': 'max-age=1' },
    };
    const copied = etagOf(await play(store.rewriteHeaders({ ...rewrite, size: film.length })));
    expect(copied).not.toBe(etag);
    expect(await adapters.asked()).toEqual(['CopyObject', 'CopyObject', 'HeadObject']);
  });

  test('deleted objects', async () => {
    const adapters = await openAdapters();
    const { store, play } = adapters;
    const etags = await Promise.all(['a', 'b'].map(async (key) => etagOf(await store.put(makePut(key, key)))));
    await loseReply(adapters, 'DeleteObjects');
    const objects = etags.map((etag, at) => ({ key: ['a', 'b'][at] ?? '', etag }));
    expect(await play(store.remove(objects))).toEqual([]);
    expect(await play(store.list(everything))).toEqual([]);
  });

  test.each(['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'])(
    'an object of several parts: %s',
    async (op) => {
      const adapters = await openAdapters();
      const { store, play, connection } = adapters;
      await loseReply(adapters, op);
      const put = makeStreamPut('film.mp4', film);
      const etag = etagOf(await play(store.put(put)));
      expect(await store.head('film.mp4')).toMatchObject({ etag, size: film.length, headers });
      expect(put.opened()).toBe(1);
      expect(connection.sending.gate.writesInFlight).toBe(0);
    },
  );
});

describe('an object of somebody else’s is a conflict', () => {
  const foreign = async ({ stranger }: Adapters, Body = 'theirs') =>
    stranger.send(new PutObjectCommand({ Bucket: bucket, Key: 'docs/a.html', Body, ChecksumAlgorithm: 'SHA256' }));

  const faults: readonly (readonly [string, readonly FaultRule[]])[] = [
    ['without any fault', []],
    ['after a lost request', [{ match: { op: 'PutObject' }, times: 1, do: { reset: 'before' } }]],
    ['after a 500', [{ match: { op: 'PutObject' }, times: 2, do: { status: 500, code: 'InternalError' } }]],
    ['while races go on', [{ match: { op: 'PutObject' }, do: { status: 409, code: 'ConditionalRequestConflict' } }]],
  ];

  test.each(faults)('%s', async (_, rules) => {
    const adapters = await openAdapters();
    const { store, play, setFaults } = adapters;
    await foreign(adapters);
    await store.list(everything);
    await setFaults(rules);
    expect(await play(store.put(makePut('a.html', 'a')))).toEqual({ kind: 'conflict' });
    expect(await play(store.read('a.html'))).toMatchObject({ bytes: new TextEncoder().encode('theirs') });
  });

  test('even with our bytes, where its headers are others', async () => {
    const adapters = await openAdapters();
    const { store, play, setFaults } = adapters;
    await foreign(adapters, 'a');
    await store.list(everything);
    await setFaults([{ match: { op: 'PutObject' }, times: 1, do: { reset: 'before' } }]);
    expect(await play(store.put(makePut('a.html', 'a')))).toEqual({ kind: 'conflict' });
  });

  test('at the end of an upload in parts, which is then aborted', async () => {
    const adapters = await openAdapters();
    const { store, play, setFaults, stranger } = adapters;
    const Key = 'docs/film.mp4';
    await stranger.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'theirs' }));
    await store.list(everything);
    await setFaults([{ match: { op: 'CompleteMultipartUpload' }, times: 1, do: { reset: 'before' } }]);
    expect(await play(store.put(makeStreamPut('film.mp4', film)))).toEqual({ kind: 'conflict' });
    expect(await store.head('film.mp4')).toMatchObject({ size: 6 });
    const { Uploads = [] } = await stranger.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
  });

  test('when it is to be deleted', async () => {
    const adapters = await openAdapters();
    const { store, play, setFaults } = adapters;
    await foreign(adapters);
    await store.list(everything);
    await setFaults([{ match: { op: 'DeleteObjects' }, times: 1, do: { reset: 'before' } }]);
    const failures = await play(store.remove([{ key: 'a.html', etag: '0123456789abcdef0123456789abcdef' }]));
    expect(failures).toMatchObject([{ key: 'a.html', code: 'PreconditionFailed' }]);
  });
});

test('a write that lands after it was sent again is found', async () => {
  const adapters = await openAdapters();
  const { store, play, setFaults } = adapters;
  await store.list(everything);
  await setFaults([
    { match: { op: 'PutObject' }, times: 1, do: { land: 60 } },
    { match: { op: 'PutObject' }, times: 1, do: { status: 500, code: 'InternalError' } },
  ]);
  etagOf(await play(store.put(makePut('a.html', 'a'))));
});
