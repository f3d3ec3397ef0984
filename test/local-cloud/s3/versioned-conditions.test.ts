import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  type CopyObjectCommandInput,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  type DeleteObjectCommandInput,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LocalSite, openSite } from '../open-site.ts';
import { codeOf } from './local-s3.ts';

let site: LocalSite;
const Bucket = 'site';
beforeAll(async () => {
  site = await openSite();
  await setVersioning('Enabled');
});
afterAll(() => site.stop());

let Key = '';
let keys = 0;
beforeEach(() => {
  keys += 1;
  Key = `key-${keys}`;
});

const setVersioning = (Status: 'Enabled' | 'Suspended') =>
  site.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const put = async (Body: string, input: Partial<PutObjectCommandInput> = {}) =>
  (await site.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...input }))).VersionId ?? '';
const remove = (input: Partial<DeleteObjectCommandInput> = {}) =>
  site.s3.send(new DeleteObjectCommand({ Bucket, Key, ...input }));
const copy = (VersionId: string, input: Partial<CopyObjectCommandInput> = {}) =>
  site.s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${Key}?versionId=${VersionId}`, ...input }));
const tagOf = (body: string) => `"${createHash('md5').update(body).digest('hex')}"`;
const text = async (VersionId?: string) => {
  const got = site.s3.send(new GetObjectCommand({ Bucket, Key, ...(VersionId === undefined ? {} : { VersionId }) }));
  return got.then(({ Body }) => Body?.transformToString()).catch((error: Error) => error.name);
};
/** What the key has, the newest first: a body's size, or `marker`. */
const history = async () => {
  const page = await site.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
  const own = <T extends { Key?: string | undefined }>(each: readonly T[] = []) =>
    each.filter((one) => one.Key === Key);
  const objects = own(page.Versions).map(({ VersionId, IsLatest, Size }) => ({ VersionId, IsLatest, what: Size }));
  const markers = own(page.DeleteMarkers).map(({ VersionId, IsLatest }) => ({ VersionId, IsLatest, what: 'marker' }));
  return [...objects, ...markers].map(({ VersionId, IsLatest, what }) => [VersionId, IsLatest, what]);
};

describe('a conditional delete', () => {
  test.each<[string, string | undefined, string, string]>([
    ['of the current version', tagOf('second'), 'ok', 'NoSuchKey'],
    ['of any', '*', 'ok', 'NoSuchKey'],
    ['of a version that was replaced', tagOf('first'), '412 PreconditionFailed', 'second'],
  ])('%s leaves a marker or everything', async (_, IfMatch, code, shown) => {
    await put('first');
    await put('second');
    expect(await codeOf(remove({ IfMatch }))).toBe(code);
    expect([await text(), (await history()).length]).toEqual([shown, code === 'ok' ? 3 : 2]);
  });

  test.each([
    ['by a tag', tagOf('first'), '404 NoSuchKey'],
    ['of any', '*', '412 PreconditionFailed'],
  ])('%s under a marker fails and adds none', async (_, IfMatch, code) => {
    await put('first');
    await remove();
    expect(await codeOf(remove({ IfMatch }))).toBe(code);
    expect((await history()).length).toBe(2);
  });

  // "Conditional delete evaluations only apply to the current version of the object."
  test.each([
    ['of the current one', tagOf('second'), 'ok', 1],
    ['of the one that goes', tagOf('first'), '412 PreconditionFailed', 2],
  ])('of an older version asks for the tag %s', async (_, IfMatch, code, left) => {
    const VersionId = await put('first');
    await put('second');
    expect(await codeOf(remove({ VersionId, IfMatch }))).toBe(code);
    expect([await text(), (await history()).length]).toEqual(['second', left]);
  });
});

describe('DeleteObjects', () => {
  const removeAll = async (objects: readonly { VersionId?: string; ETag?: string; Key?: string }[]) => {
    const Objects = objects.map((each) => ({ Key, ...each }));
    const { Deleted, Errors } = await site.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    return [
      ...(Deleted ?? []).map(({ VersionId, DeleteMarker }) => (DeleteMarker ? 'marker' : (VersionId ?? 'deleted'))),
      ...(Errors ?? []).map(({ Code }) => Code),
    ];
  };

  test('takes exact versions and nothing else', async () => {
    const [first, second, third] = [await put('1'), await put('22'), await put('333')];
    expect(await removeAll([{ VersionId: first }, { VersionId: third }])).toEqual([first, third]);
    expect([await text(), await history()]).toEqual(['22', [[second, true, 2]]]);
  });

  test('takes a version once, and says so again', async () => {
    const first = await put('1');
    await put('22');
    expect(await removeAll([{ VersionId: first }, { VersionId: first }])).toEqual([first, first]);
    expect((await history()).length).toBe(1);
  });

  test('with a tag judges the current version, key by key', async () => {
    const first = await put('1');
    await put('22');
    expect(await removeAll([{ VersionId: first, ETag: tagOf('1') }])).toEqual(['PreconditionFailed']);
    expect(await removeAll([{ VersionId: first, ETag: tagOf('22') }])).toEqual([first]);
    expect(await removeAll([{ ETag: tagOf('1') }, { Key: `${Key}-none`, ETag: '"x"' }])).toEqual([
      'PreconditionFailed',
      'NoSuchKey',
    ]);
    expect(await removeAll([{ ETag: tagOf('22') }])).toEqual(['marker']);
    expect(await text()).toBe('NoSuchKey');
  });

  test('of a marker brings the object back', async () => {
    await put('1');
    const { VersionId = '' } = await remove();
    expect(await removeAll([{ VersionId }])).toEqual(['marker']);
    expect(await text()).toBe('1');
  });
});

describe('If-None-Match over a delete marker', () => {
  const multipart = async (input: object) => {
    const { UploadId } = await site.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const part = { Bucket, Key, UploadId, PartNumber: 1 };
    const { ETag } = await site.s3.send(new UploadPartCommand({ ...part, Body: 'again' }));
    const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
    return site.s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload, ...input }));
  };
  const writers: [string, (source: string) => Promise<unknown>, string][] = [
    ['PutObject', () => put('again', { IfNoneMatch: '*' }), 'again'],
    ['CopyObject', (source) => copy(source, { IfNoneMatch: '*' }), 'gone'],
    ['CompleteMultipartUpload', () => multipart({ IfNoneMatch: '*' }), 'again'],
  ];
  test.each(writers)('%s succeeds once', async (_, write, shown) => {
    const source = await put('gone');
    await remove();
    expect(await codeOf(write(source))).toBe('ok');
    expect([await text(), (await history()).length]).toEqual([shown, 3]);
    expect(await codeOf(write(source))).toBe('412 PreconditionFailed');
  });
});

describe('a copy of an older version over the current one', () => {
  const restore = { MetadataDirective: 'COPY' } as const;

  test('brings bytes, headers and checksum back, as a new version', async () => {
    const sha = createHash('sha256').update('first').digest('base64');
    const source = await put('first', { CacheControl: 'no-cache', ContentType: 'text/html', ChecksumSHA256: sha });
    const current = await put('second', { CacheControl: 'max-age=9', ContentType: 'text/plain' });
    const result = await copy(source, { ...restore, IfMatch: tagOf('second') });
    expect(result).toMatchObject({ CopySourceVersionId: source, CopyObjectResult: { ETag: tagOf('first') } });
    expect([source, current, undefined]).not.toContain(result.VersionId);
    const head = await site.s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({
      ...{ CacheControl: 'no-cache', ContentType: 'text/html', ChecksumSHA256: sha, VersionId: result.VersionId },
      LastModified: result.CopyObjectResult?.LastModified,
    });
    expect(await text(current)).toBe('second');
  });

  test.each<[string, string, string, 'marker' | 'object', string, string]>([
    ['of another tag', 'IfMatch', tagOf('other'), 'object', '412 PreconditionFailed', 'second'],
    ['of the source’s tag', 'IfMatch', tagOf('first'), 'object', '412 PreconditionFailed', 'second'],
    ['where it was deleted', 'IfMatch', tagOf('second'), 'marker', '404 NoSuchKey', 'NoSuchKey'],
    ['on nothing, where it was deleted', 'IfNoneMatch', '*', 'marker', 'ok', 'first'],
    ['on nothing, where there is one', 'IfNoneMatch', '*', 'object', '412 PreconditionFailed', 'second'],
  ])('%s', async (_, condition, tag, current, code, shown) => {
    const source = await put('first');
    await put('second');
    if (current === 'marker') await remove();
    expect(await codeOf(copy(source, { ...restore, [condition]: tag }))).toBe(code);
    expect(await text()).toBe(shown);
  });

  test('of the version that is current is a copy too', async () => {
    const current = await put('first');
    expect((await copy(current, { ...restore, IfMatch: tagOf('first') })).VersionId).not.toBe(current);
    expect((await history()).length).toBe(2);
  });

  test('that is gone changes nothing', async () => {
    const source = await put('first');
    await put('second');
    await remove({ VersionId: source });
    expect(await codeOf(copy(source, { ...restore, IfMatch: tagOf('second') }))).toBe('404 NoSuchVersion');
    expect(await text()).toBe('second');
  });
});

describe('null versions', () => {
  afterEach(() => setVersioning('Enabled'));

  test('are copied from, replaced and deleted by their name', async () => {
    const kept = await put('kept');
    await setVersioning('Suspended');
    expect(await put('null-1')).toBe('null');
    await setVersioning('Enabled');
    const newest = await put('newest');
    expect(await text('null')).toBe('null-1');
    await copy('null', { IfMatch: tagOf('newest') });
    expect(await text()).toBe('null-1');
    await setVersioning('Suspended');
    await put('null-2');
    expect([await text('null'), await text(newest), await text(kept)]).toEqual(['null-2', 'newest', 'kept']);
    await remove({ VersionId: 'null' });
    expect([await text('null'), (await history()).length]).toEqual(['NoSuchVersion', 3]);
  });

  test('a delete puts a null marker in their place, if its condition holds', async () => {
    await setVersioning('Suspended');
    await put('one');
    expect(await codeOf(remove({ IfMatch: tagOf('other') }))).toBe('412 PreconditionFailed');
    expect(await text('null')).toBe('one');
    expect(await remove({ IfMatch: tagOf('one') })).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
    expect(await history()).toEqual([['null', true, 'marker']]);
  });
});

describe('a conditional request that another write overtakes', () => {
  const race = '409 ConditionalRequestConflict';
  const ifOld = () => ({ IfMatch: tagOf('old') });
  const rows: [string, string, () => Promise<unknown>, () => Promise<unknown>, string][] = [
    ['a write on a tag, by a write', 'PutObject', () => put('late', ifOld()), () => put('new'), race],
    ['a write on a tag, by a delete', 'PutObject', () => put('late', ifOld()), () => remove(), '404 NoSuchKey'],
    ['a write on nothing, by a write', 'PutObject', () => put('late', { IfNoneMatch: '*' }), () => put('new'), race],
    ['a delete on a tag, by a write', 'DeleteObject', () => remove(ifOld()), () => put('new'), race],
    ['a delete on a tag, by a delete', 'DeleteObject', () => remove(ifOld()), () => remove(), race],
    ['a delete on a tag, by the same bytes', 'DeleteObject', () => remove(ifOld()), () => put('old'), 'ok'],
  ];
  test.each(rows)('%s', async (name, op, overtaken, overtaking, code) => {
    if (!name.includes('on nothing')) await put('old');
    await site.faults.setFaults([{ match: { op, key: Key }, times: 1, do: { latencyMs: 10_000 } }]);
    const late = codeOf(overtaken());
    await site.faults.untilStruck();
    await overtaking();
    await site.clock.advance(10_000);
    expect(await late).toBe(code);
  });
});
