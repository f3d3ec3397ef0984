import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  type DeleteObjectsCommandInput,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, type LocalS3, startLocalS3 } from './local-s3.ts';

let s3: LocalS3;
let Bucket: string;
beforeAll(async () => {
  s3 = await startLocalS3();
});
beforeEach(async () => {
  Bucket = await s3.bucket();
});
afterAll(() => s3.stop());

const setVersioning = (Status: 'Enabled' | 'Suspended') =>
  s3.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const put = async (Body: string, Key = 'k', input: object = {}) =>
  (await s3.client.send(new PutObjectCommand({ Bucket, Key, Body, ...input }))).VersionId;
const remove = (input: object = {}) => s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'k', ...input }));
const get = async (VersionId?: string) => {
  const answer = await s3.client.send(
    new GetObjectCommand({ Bucket, Key: 'k', ...(VersionId === undefined ? {} : { VersionId }) }),
  );
  return [await answer.Body?.transformToString(), answer.VersionId];
};
const versions = async (input: object = {}) => {
  const page = await s3.client.send(new ListObjectVersionsCommand({ Bucket, ...input }));
  const shown = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? []).map((each) => ({ ...each, Size: -1 }))];
  return { ...page, shown: shown.map((each) => [each.Key, each.VersionId, each.IsLatest, each.Size]) };
};

describe('versioning', () => {
  test('off: one nameless version', async () => {
    expect(await put('1')).toBeUndefined();
    expect(await put('22')).toBeUndefined();
    expect((await versions()).shown).toEqual([['k', 'null', true, 2]]);
    expect(await get('null')).toEqual(['22', undefined]);
    await remove();
    expect((await versions()).shown).toEqual([]);
  });

  test('on: each write is kept, a delete is a marker', async () => {
    await put('0');
    await setVersioning('Enabled');
    const one = await put('1');
    const two = await put('22');
    expect(new Set([one, two, 'null', undefined]).size).toBe(4);
    expect(await get()).toEqual(['22', two]);
    expect(await get(one)).toEqual(['1', one]);
    const marker = await remove();
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.stringMatching(/./) });
    const missing = s3.client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    await expect(missing).rejects.toMatchObject({
      name: 'NoSuchKey',
      $response: { headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.VersionId } },
    });
    expect(await codeOf(get(marker.VersionId))).toBe('405 MethodNotAllowed');
    expect(await codeOf(get('nonsense'))).toBe('404 NoSuchVersion');
    expect((await s3.client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    expect((await versions()).shown).toEqual([
      ['k', two, false, 2],
      ['k', one, false, 1],
      ['k', 'null', false, 1],
      ['k', marker.VersionId, true, -1],
    ]);
    expect(await remove({ VersionId: marker.VersionId })).toMatchObject({
      DeleteMarker: true,
      VersionId: marker.VersionId,
    });
    expect(await get()).toEqual(['22', two]);
    await remove({ VersionId: two });
    expect(await get()).toEqual(['1', one]);
    expect(await codeOf(s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k', VersionId: two })))).toMatch(/^404 /);
  });

  test('suspended: the null version is replaced, the others stay', async () => {
    await setVersioning('Enabled');
    const one = await put('1');
    await setVersioning('Suspended');
    expect(await put('22')).toBe('null');
    expect(await put('333')).toBe('null');
    expect((await versions()).shown).toEqual([
      ['k', 'null', true, 3],
      ['k', one, false, 1],
    ]);
    expect(await remove()).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
    expect((await versions()).shown).toEqual([
      ['k', one, false, 1],
      ['k', 'null', true, -1],
    ]);
  });

  test('conditions are judged on the current version', async () => {
    await setVersioning('Enabled');
    await put('1');
    const write = (input: object) => codeOf(put('2', 'k', input));
    expect(await write({ IfNoneMatch: '*' })).toBe('412 PreconditionFailed');
    await remove();
    expect(await write({ IfMatch: '"c4ca4238a0b923820dcc509a6f75849b"' })).toBe('404 NoSuchKey');
    expect(await write({ IfNoneMatch: '*' })).toBe('ok');
  });

  test('versions in pages', async () => {
    await setVersioning('Enabled');
    for (const Key of ['a', 'a', 'b/1', 'b/2', 'c']) await put('x', Key);
    const keys = (page: { shown: unknown[][] }) => page.shown.map(([key]) => key);
    expect(keys(await versions())).toEqual(['a', 'a', 'b/1', 'b/2', 'c']);
    const seen: unknown[] = [];
    let markers: object = {};
    for (;;) {
      const page = await versions({ MaxKeys: 2, ...markers });
      seen.push(keys(page));
      if (!page.IsTruncated) break;
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    expect(seen).toEqual([['a', 'a'], ['b/1', 'b/2'], ['c']]);
    const middle = await versions({ MaxKeys: 1 });
    expect(
      keys(await versions({ KeyMarker: middle.NextKeyMarker, VersionIdMarker: middle.NextVersionIdMarker })),
    ).toEqual(['a', 'b/1', 'b/2', 'c']);
    const folders = await versions({ Delimiter: '/', Prefix: '' });
    expect([keys(folders), folders.CommonPrefixes]).toEqual([['a', 'a', 'c'], [{ Prefix: 'b/' }]]);
  });
});

describe('DeleteObjects', () => {
  type Objects = NonNullable<DeleteObjectsCommandInput['Delete']>['Objects'];
  const removeAll = (Objects: Objects, extra: object = {}) =>
    s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, ...extra } }));

  test('tells of every key, missing ones too', async () => {
    for (const Key of ['a', ' b ', '<&>', 'é']) await put('x', Key);
    const answer = await removeAll([' b ', '<&>', 'é', 'missing'].map((Key) => ({ Key })));
    expect(answer.Deleted?.map((each) => each.Key)).toEqual([' b ', '<&>', 'é', 'missing']);
    expect(answer.Errors).toBeUndefined();
    expect((await s3.client.send(new ListObjectsV2Command({ Bucket }))).Contents?.map((each) => each.Key)).toEqual([
      'a',
    ]);
  });

  test('quiet tells of errors only', async () => {
    await put('x', 'a');
    await put('x', 'b');
    const answer = await removeAll([{ Key: 'a' }, { Key: 'b', ETag: '"other"' }, { Key: 'c', ETag: '"x"' }], {
      Quiet: true,
    });
    expect(answer.Deleted).toBeUndefined();
    expect(answer.Errors?.map((each) => [each.Key, each.Code])).toEqual([
      ['b', 'PreconditionFailed'],
      ['c', 'NoSuchKey'],
    ]);
    expect((await s3.client.send(new ListObjectsV2Command({ Bucket }))).Contents?.map((each) => each.Key)).toEqual([
      'b',
    ]);
  });

  test('a tag that matches is deleted', async () => {
    await put('x', 'a');
    const answer = await removeAll([{ Key: 'a', ETag: '"9dd4e461268c8034f5c8564e155c67a6"' }]);
    expect(answer.Deleted).toEqual([{ Key: 'a' }]);
  });

  test('versions and markers', async () => {
    await setVersioning('Enabled');
    const VersionId = await put('x', 'a');
    const marked = (await removeAll([{ Key: 'a' }])).Deleted?.[0];
    expect(marked).toMatchObject({ Key: 'a', DeleteMarker: true, DeleteMarkerVersionId: expect.stringMatching(/./) });
    const gone = await removeAll([
      { Key: 'a', VersionId },
      { Key: 'a', VersionId: marked?.DeleteMarkerVersionId },
    ]);
    expect(gone.Deleted).toEqual([
      { Key: 'a', VersionId },
      {
        Key: 'a',
        VersionId: marked?.DeleteMarkerVersionId,
        DeleteMarker: true,
        DeleteMarkerVersionId: marked?.DeleteMarkerVersionId,
      },
    ]);
    expect((await versions()).shown).toEqual([]);
  });

  test('judges the permission of each key', async () => {
    await put('x', 'a/1');
    await put('x', 'b/1');
    const Statement = {
      Effect: 'Allow',
      Principal: { AWS: '000000000000' },
      Action: 's3:DeleteObject',
      Resource: `arn:aws:s3:::${Bucket}/a/*`,
    };
    await s3.client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement }) }));
    const Objects = [{ Key: 'a/1' }, { Key: 'b/1' }];
    const answer = await s3.foreign.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(answer.Deleted).toEqual([{ Key: 'a/1' }]);
    expect(answer.Errors).toMatchObject([{ Key: 'b/1', Code: 'AccessDenied' }]);
  });

  test.each([
    [0, '400 MalformedXML'],
    [1000, 'ok'],
    [1001, '400 MalformedXML'],
  ])('of %i keys: %s', async (count, expected) => {
    const Objects = Array.from({ length: count }, (_, n) => ({ Key: `k${n}` }));
    expect(await codeOf(removeAll(Objects))).toBe(expected);
  });

  test('needs a checksum', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=F/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';
    const { CreateBucketCommand } = await import('@aws-sdk/client-s3');
    const theirs = `theirs-${Bucket}`;
    await s3.foreign.send(new CreateBucketCommand({ Bucket: theirs }));
    const answer = await s3.ask({
      method: 'POST',
      path: `/${theirs}?delete`,
      headers: { authorization, 'x-amz-date': '20260101T000000Z' },
      body: '<Delete><Object><Key>k</Key></Object></Delete>',
    });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('Missing required header')]);
  });
});

test('object tags are set, read and taken away, and change nothing else', async () => {
  await put('x', 'k', { Tagging: 'a=1' });
  const before = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
  const tags = async () => (await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet;
  expect(await tags()).toEqual([{ Key: 'a', Value: '1' }]);
  const TagSet = [{ Key: 'b', Value: '2 3' }];
  await s3.client.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }));
  expect(await tags()).toEqual(TagSet);
  await s3.client.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k' }));
  expect(await tags()).toEqual([]);
  const after = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
  expect([after.ETag, after.LastModified]).toEqual([before.ETag, before.LastModified]);
  const eleven = Array.from({ length: 11 }, (_, n) => ({ Key: `k${n}`, Value: '' }));
  const tooMany = s3.client.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet: eleven } }));
  expect(await codeOf(tooMany)).toBe('400 BadRequest');
});
