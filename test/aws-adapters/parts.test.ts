import { GetObjectCommand, HeadObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { copyInParts } from '../../src/aws/s3/copy-in-parts.ts';
import { copyVersionInParts } from '../../src/aws/s3/copy-version-in-parts.ts';
import { partSizeFor } from '../../src/aws/s3/part-size.ts';
import { CdnpubError } from '../../src/model/cdnpub-error.ts';
import { headers, makePut, makeStreamPut } from './make-put.ts';
import { bucket, openAdapters } from './open-adapters.ts';

const mebibyte = 1_048_576;
const film = new Uint8Array(20 * mebibyte + 1).map((_, at) => (at * 7 + (at >> 16)) % 256);
const Key = 'docs/film.mp4';

test.each([
  ['a small object, line unknown', 1, undefined, undefined],
  ['16 MiB, line unknown', 16, undefined, undefined],
  ['17 MiB', 17, undefined, 8],
  ['17 MiB, fast line', 17, 100, 8],
  ['5 MiB, however slow the line', 5, 0.1, undefined],
  ['12 MiB, in time', 12, 1, undefined],
  ['12 MiB, too slow for the whole', 12, 0.6, 8],
  ['12 MiB, too slow for 8 MiB', 12, 0.4, 5],
  ['100 GiB: at most 10,000 parts', 102_400, undefined, 10.24],
] as const)('%s', (_, size, rate, part) => {
  const bytesPerSecond = rate === undefined ? undefined : rate * mebibyte;
  const found = partSizeFor(size * mebibyte, bytesPerSecond);
  expect(found === undefined ? undefined : Math.round((found / mebibyte) * 100) / 100).toBe(part);
});

describe.each(['stream', 'bytes'] as const)('a large object of %s', (kind) => {
  const put = () =>
    kind === 'stream' ? makeStreamPut('film.mp4', film) : makePut('film.mp4', '', { body: { kind, bytes: film } });

  test('goes up in parts, each verified, with its headers and its condition', async () => {
    const { store, stranger, play, asked, connection } = await openAdapters();
    const result = await play(store.put(put()));
    const ops = await asked();
    expect(ops[0]).toBe('CreateMultipartUpload');
    expect(ops.slice(1)).toEqual(['UploadPart', 'UploadPart', 'UploadPart', 'CompleteMultipartUpload']);
    expect(connection.counts.s3).toMatchObject({ put: 3, other: 2 });
    const there = await stranger.send(new GetObjectCommand({ Bucket: bucket, Key }));
    expect(Buffer.compare((await there.Body?.transformToByteArray()) ?? Buffer.alloc(0), film)).toBe(0);
    const head = await stranger.send(new HeadObjectCommand({ Bucket: bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(head.ChecksumType).toBe('COMPOSITE');
    expect(head.ChecksumSHA256).toMatch(/-3$/);
    expect(result).toEqual({ kind: 'written', etag: head.ETag?.replaceAll('"', ''), versionId: head.VersionId });
    expect(await store.head('film.mp4')).toMatchObject({ headers, size: film.length });
    expect(await play(store.put(put()))).toEqual({ kind: 'conflict' });
  });

  test('any request of it may fail for a while', async () => {
    const { store, play, setFaults, stranger } = await openAdapters();
    await setFaults([
      { match: { op: 'CreateMultipartUpload' }, times: 2, do: { status: 503, code: 'SlowDown' } },
      { match: { op: 'UploadPart' }, times: 3, do: { reset: 'before' } },
      { match: { op: 'UploadPart' }, times: 3, do: { status: 500, code: 'InternalError' } },
      { match: { op: 'CompleteMultipartUpload' }, times: 2, do: { status: 500, code: 'InternalError' } },
    ]);
    expect(await play(store.put(put()))).toMatchObject({ kind: 'written' });
    const there = await stranger.send(new GetObjectCommand({ Bucket: bucket, Key }));
    expect(Buffer.compare((await there.Body?.transformToByteArray()) ?? Buffer.alloc(0), film)).toBe(0);
  });

  const race = { status: 409, code: 'ConditionalRequestConflict' };
  const gone = { status: 404, code: 'NoSuchUpload' };
  const match = { op: 'CompleteMultipartUpload' };

  test('an upload that another’s write ended is begun anew', async () => {
    const { store, play, setFaults, asked, stranger } = await openAdapters();
    await setFaults([
      { match, times: 1, do: race },
      { match, times: 1, do: gone },
    ]);
    expect(await play(store.put(put()))).toMatchObject({ kind: 'written' });
    const ops = (await asked()).filter((op) => !/^(?:UploadPart|HeadObject)$/.test(op));
    const whole = ['CreateMultipartUpload', 'CompleteMultipartUpload'];
    expect(ops).toEqual([...whole, 'CompleteMultipartUpload', 'AbortMultipartUpload', ...whole]);
    const { Uploads = [] } = await stranger.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
  });

  test('an upload that loses the race each time is given up, and nothing is left of it', async () => {
    const { store, play, setFaults, asked, stranger } = await openAdapters();
    await setFaults([{ match, do: race }]);
    expect(await play(store.put(put()))).toEqual({ kind: 'conflict' });
    expect((await asked()).filter((op) => op === 'CreateMultipartUpload')).toHaveLength(2);
    const { Uploads = [] } = await stranger.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
  });

  test.each(['UploadPart', 'CompleteMultipartUpload'])('%s fails for good: nothing is left of it', async (op) => {
    const { store, play, setFaults, stranger } = await openAdapters();
    await setFaults([{ match: { op }, do: { status: 403, code: 'AccessDenied' } }]);
    await expect(play(store.put(put()))).rejects.toMatchObject({ code: 'E_PERMISSION' });
    const { Uploads = [] } = await stranger.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
    expect(await play(store.head('film.mp4'))).toBeUndefined();
  });
});

test.each([
  ['changes while it is read', new CdnpubError('E_PARTIAL', { message: 'film.mp4 changed' }), /changed/],
  ['ends too early', undefined, /shorter than/],
])('a file that %s is not published', async (_, failure, message) => {
  const { store, play, stranger } = await openAdapters();
  async function* open() {
    yield film.subarray(0, 18 * mebibyte);
    if (failure !== undefined) throw failure;
  }
  const body = { kind: 'stream' as const, size: film.length, open };
  await expect(play(store.put(makePut('film.mp4', '', { body })))).rejects.toThrow(message);
  const { Uploads = [] } = await stranger.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  expect(Uploads).toEqual([]);
  expect(await play(store.head('film.mp4'))).toBeUndefined();
});

test('a file that grew is not published', async () => {
  const { store, play } = await openAdapters();
  async function* open() {
    yield film;
    yield film;
  }
  const body = { kind: 'stream' as const, size: film.length, open };
  await expect(play(store.put(makePut('film.mp4', '', { body })))).rejects.toThrow('longer than');
  expect(await play(store.head('film.mp4'))).toBeUndefined();
});

describe('an object that is copied in parts onto itself', () => {
  const others = { 'content-type': 'video/mp4', 'cache-control': 'max-age=60' };
  async function openFilm() {
    const adapters = await openAdapters();
    const written = await adapters.play(adapters.store.put(makeStreamPut('film.mp4', film)));
    const etag = written.kind === 'written' ? written.etag : '';
    const copy = (seen: string) =>
      copyInParts(adapters.context, {
        request: { key: 'film.mp4', headers: others, tags: [], condition: { kind: 'matches', etag: seen } },
        ...{ size: film.length, source: `${bucket}/${encodeURIComponent(Key)}`, etag: seen, partSize: 8 * 1_048_576 },
      });
    await adapters.asked();
    return { ...adapters, etag, copy };
  }

  test('has its bytes, and the headers that were given', async () => {
    const { etag, copy, play, asked, stranger, store } = await openFilm();
    expect(await play(copy(etag))).toMatchObject({ kind: 'written' });
    const parts = ['UploadPartCopy', 'UploadPartCopy', 'UploadPartCopy'];
    expect(await asked()).toEqual(['CreateMultipartUpload', ...parts, 'CompleteMultipartUpload']);
    const there = await stranger.send(new GetObjectCommand({ Bucket: bucket, Key }));
    expect(Buffer.compare((await there.Body?.transformToByteArray()) ?? Buffer.alloc(0), film)).toBe(0);
    expect(await store.head('film.mp4')).toMatchObject({ headers: others, size: film.length });
  });

  test.each([['UploadPartCopy'], ['CompleteMultipartUpload']])('the reply to %s is lost: it is done', async (op) => {
    const { etag, copy, play, setFaults, store } = await openFilm();
    await setFaults([{ match: { op }, times: 1, do: { reset: 'after' } }]);
    expect(await play(copy(etag))).toMatchObject({ kind: 'written' });
    expect(await store.head('film.mp4')).toMatchObject({ headers: others });
  });

  test('is another by now: nothing is written, and nothing is left', async () => {
    const { copy, play, stranger, store } = await openFilm();
    expect(await play(copy('0123456789abcdef0123456789abcdef'))).toEqual({ kind: 'conflict' });
    expect(await store.head('film.mp4')).toMatchObject({ headers });
    const { Uploads = [] } = await stranger.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
  });
});

describe('an earlier version that is copied in parts', () => {
  const tags = ['k:/film.mp4', 'd:/', 'c:other'];
  async function openVersions() {
    const adapters = await openAdapters();
    const { play, store } = adapters;
    const first = await play(store.put({ ...makeStreamPut('film.mp4', film), tags }));
    const then = await play(store.head('film.mp4'));
    const condition = { kind: 'matches', etag: then?.etag ?? '' } as const;
    const second = await play(
      store.put(makePut('film.mp4', 'short', { condition, headers: { 'content-type': 'a/b' } })),
    );
    if (first.kind !== 'written' || second.kind !== 'written') throw new Error('nothing was written');
    const { sha256 } = makeStreamPut('film.mp4', film);
    const copy = (versionId: string, seen: string) =>
      copyVersionInParts(
        adapters.context,
        {
          ...{ key: 'film.mp4', versionId, etag: first.etag, sha256, headers, size: film.length },
          condition: { kind: 'matches', etag: seen },
        },
        8 * mebibyte,
      );
    await adapters.asked();
    return { ...adapters, first, second, copy };
  }

  test('has its bytes, its headers and its cache tags', async () => {
    const { first, second, copy, play, asked, stranger, store } = await openVersions();
    const result = await play(copy(first.versionId ?? '', second.etag));
    const parts = ['UploadPartCopy', 'UploadPartCopy', 'UploadPartCopy'];
    expect(await asked()).toEqual(['HeadObject', 'CreateMultipartUpload', ...parts, 'CompleteMultipartUpload']);
    const there = await stranger.send(new GetObjectCommand({ Bucket: bucket, Key }));
    expect(Buffer.compare((await there.Body?.transformToByteArray()) ?? Buffer.alloc(0), film)).toBe(0);
    expect(there.Metadata).toMatchObject({ 'cache-tag': tags.join() });
    expect(await store.head('film.mp4')).toMatchObject({ headers, size: film.length });
    expect(result).toEqual({ kind: 'written', etag: there.ETag?.replaceAll('"', ''), versionId: there.VersionId });
  });

  test('goes only over what was seen', async () => {
    const { first, copy, play, store } = await openVersions();
    expect(await play(copy(first.versionId ?? '', first.etag))).toEqual({ kind: 'conflict' });
    expect(await store.head('film.mp4')).toMatchObject({ size: 5 });
  });

  test('is gone by now: nothing is written', async () => {
    const { first, second, copy, play, store, asked } = await openVersions();
    await store.removeVersions([{ key: 'film.mp4', versionId: first.versionId ?? '' }]);
    await asked();
    expect(await play(copy(first.versionId ?? '', second.etag))).toEqual({ kind: 'conflict' });
    expect(await asked()).toEqual(['HeadObject']);
  });

  test('the reply to its end is lost: it is done', async () => {
    const { first, second, copy, play, setFaults, store } = await openVersions();
    await setFaults([{ match: { op: 'CompleteMultipartUpload' }, times: 1, do: { reset: 'after' } }]);
    expect(await play(copy(first.versionId ?? '', second.etag))).toMatchObject({ kind: 'written' });
    expect(await store.head('film.mp4')).toMatchObject({ headers, size: film.length });
  });
});
