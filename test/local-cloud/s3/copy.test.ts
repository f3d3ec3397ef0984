import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, type LocalS3, startLocalS3 } from './local-s3.ts';

let s3: LocalS3;
let Bucket: string;
beforeAll(async () => {
  s3 = await startLocalS3();
  Bucket = await s3.bucket();
});
afterAll(() => s3.stop());

const put = (Key: string, input: Partial<PutObjectCommandInput> = {}) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'body', ...input }));
const copy = (from: string, Key: string, input: Partial<CopyObjectCommandInput> = {}) =>
  s3.client.send(new CopyObjectCommand({ Bucket, CopySource: `${Bucket}/${encodeURIComponent(from)}`, Key, ...input }));
const head = (Key: string) => s3.client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
const text = async (Key: string) =>
  (await s3.client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
const etag = `"${createHash('md5').update('body').digest('hex')}"`;

describe('what goes along', () => {
  const full = {
    CacheControl: 'no-cache',
    ContentType: 'text/plain',
    ContentEncoding: 'br',
    Metadata: { a: '1' },
    Tagging: 'x=1&y=2',
    ChecksumSHA256: createHash('sha256').update('body').digest('base64'),
    WebsiteRedirectLocation: '/r',
    StorageClass: 'STANDARD_IA',
  } as const;

  test('by default headers, metadata, tags and checksum, but not the redirect and the storage class', async () => {
    await put('from', full);
    const result = await copy('from', 'to');
    expect(result.CopyObjectResult).toMatchObject({ ETag: etag, ChecksumSHA256: full.ChecksumSHA256 });
    const { ChecksumSHA256, CacheControl, ContentType, ContentEncoding, Metadata } = full;
    expect(await head('to')).toMatchObject({
      ChecksumSHA256,
      CacheControl,
      ContentType,
      ContentEncoding,
      Metadata,
      ETag: etag,
    });
    expect(await head('to')).not.toMatchObject({ WebsiteRedirectLocation: '/r' });
    expect((await head('to')).StorageClass).toBeUndefined();
    const tags = await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'to' }));
    expect(tags.TagSet).toEqual([
      { Key: 'x', Value: '1' },
      { Key: 'y', Value: '2' },
    ]);
  });

  test('REPLACE drops every header that is not sent again, but no tag', async () => {
    await put('from', full);
    await copy('from', 'to', { MetadataDirective: 'REPLACE', CacheControl: 'max-age=1', Metadata: { b: '2' } });
    const answer = await head('to');
    expect(answer).toMatchObject({
      CacheControl: 'max-age=1',
      Metadata: { b: '2' },
      ChecksumSHA256: full.ChecksumSHA256,
    });
    expect(answer.ContentEncoding).toBeUndefined();
    expect(answer.ContentType).toMatch(/octet-stream$/);
    expect((await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'to' }))).TagSet).toHaveLength(2);
  });

  test('TaggingDirective REPLACE replaces the tags alone', async () => {
    await put('from', full);
    await copy('from', 'to', { TaggingDirective: 'REPLACE', Tagging: 'z=3' });
    expect((await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'to' }))).TagSet).toEqual([
      { Key: 'z', Value: '3' },
    ]);
    expect((await head('to')).CacheControl).toBe('no-cache');
  });

  test('another algorithm is computed', async () => {
    await put('from');
    const result = await copy('from', 'to', { ChecksumAlgorithm: 'SHA256' });
    expect(result.CopyObjectResult?.ChecksumSHA256).toBe(full.ChecksumSHA256);
  });
});

describe('to itself', () => {
  const rows: [string, Partial<CopyObjectCommandInput>, string][] = [
    ['without a change', {}, '400 InvalidRequest'],
    ['with other tags only', { TaggingDirective: 'REPLACE', Tagging: 'a=b' }, '400 InvalidRequest'],
    ['with REPLACE', { MetadataDirective: 'REPLACE', CacheControl: 'no-store' }, 'ok'],
    ['with a storage class', { StorageClass: 'STANDARD_IA' }, 'ok'],
    ['with a redirect', { WebsiteRedirectLocation: '/x' }, 'ok'],
  ];
  test.each(rows)('%s', async (_name, input, expected) => {
    await put('self', { CacheControl: 'no-cache' });
    expect(await codeOf(copy('self', 'self', input))).toBe(expected);
    expect(await text('self')).toBe('body');
    expect((await head('self')).ETag).toBe(etag);
  });
});

describe('conditions', () => {
  const past = new Date(Date.now() - 60_000);
  const future = new Date(Date.now() + 60_000);
  const rows: [string, Partial<CopyObjectCommandInput>, boolean, string][] = [
    ['source matches', { CopySourceIfMatch: etag }, false, 'ok'],
    ['source does not match', { CopySourceIfMatch: '"x"' }, false, '412 PreconditionFailed'],
    ['source is the one not wanted', { CopySourceIfNoneMatch: etag }, false, '412 PreconditionFailed'],
    ['source not changed since', { CopySourceIfModifiedSince: future }, false, '412 PreconditionFailed'],
    ['source changed since', { CopySourceIfUnmodifiedSince: past }, false, '412 PreconditionFailed'],
    ['destination is new', { IfNoneMatch: '*' }, false, 'ok'],
    ['destination is there', { IfNoneMatch: '*' }, true, '412 PreconditionFailed'],
    ['destination matches', { IfMatch: etag }, true, 'ok'],
    ['destination does not match', { IfMatch: '"x"' }, true, '412 PreconditionFailed'],
    ['destination is missing', { IfMatch: etag }, false, '404 NoSuchKey'],
  ];
  test.each(rows)('%s', async (_name, input, exists, expected) => {
    await put('from');
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'there' }));
    if (exists) await put('there');
    expect(await codeOf(copy('from', 'there', input))).toBe(expected);
  });
});

describe('the source', () => {
  test.each(['a b+c', 'é/ü', '100%/x', 'a//b', '../up', '?versionId=no', '\u{1f600}'])('may be %j', async (key) => {
    await put(key, { Body: `of ${key}` });
    await copy(key, 'odd');
    expect(await text('odd')).toBe(`of ${key}`);
  });

  test.each([
    ['a missing key', (bucket: string) => `${bucket}/missing`, '404 NoSuchKey'],
    ['a missing bucket', () => 'no-such-bucket/k', '404 NoSuchBucket'],
    ['a bucket alone', (bucket: string) => bucket, '400 InvalidArgument'],
    ['with a leading slash', (bucket: string) => `/${bucket}/from`, 'ok'],
  ])('%s: %s', async (_name, source, expected) => {
    await put('from');
    expect(await codeOf(copy('', 'to', { CopySource: source(Bucket) }))).toBe(expected);
  });

  test('may be an older version, but no delete marker', async () => {
    const versioned = await s3.bucket();
    const on = { Status: 'Enabled' } as const;
    await s3.client.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration: on }));
    const first = await put('k', { Bucket: versioned, Body: 'first' });
    await put('k', { Bucket: versioned, Body: 'second' });
    const source = (id = '') => ({ Bucket: versioned, CopySource: `${versioned}/k?versionId=${id}` });
    const back = await copy('', 'k', source(first.VersionId));
    expect([back.CopySourceVersionId, back.VersionId === first.VersionId]).toEqual([first.VersionId, false]);
    const marker = await s3.client.send(new DeleteObjectCommand({ Bucket: versioned, Key: 'k' }));
    expect(await codeOf(copy('', 'k2', source(marker.VersionId)))).toBe('400 InvalidRequest');
    expect(await codeOf(copy('', 'k2', { Bucket: versioned, CopySource: `${versioned}/k` }))).toBe('404 NoSuchKey');
  });

  test('must belong to whom is expected and be readable', async () => {
    await put('from');
    expect(await codeOf(copy('from', 'to', { ExpectedSourceBucketOwner: '999988887777' }))).toBe('403 AccessDenied');
    const { CreateBucketCommand } = await import('@aws-sdk/client-s3');
    await s3.foreign.send(new CreateBucketCommand({ Bucket: 'their-copies' }));
    const theft = new CopyObjectCommand({ Bucket: 'their-copies', Key: 'k', CopySource: `${Bucket}/from` });
    expect(await codeOf(s3.foreign.send(theft))).toBe('403 AccessDenied');
  });

  test('may be deleted afterwards', async () => {
    await put('from', { Body: 'still here' });
    await copy('from', 'to');
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'from' }));
    expect(await text('to')).toBe('still here');
  });
});
