import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
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
const get = (Key: string, input: object = {}) => s3.client.send(new GetObjectCommand({ Bucket, Key, ...input }));
const head = (Key: string, input: object = {}) => s3.client.send(new HeadObjectCommand({ Bucket, Key, ...input }));
const remove = (Key: string, input: object = {}) => s3.client.send(new DeleteObjectCommand({ Bucket, Key, ...input }));
/** A signature that nobody checks: that of a key which the cloud did not make. */
const foreignHeaders = {
  'x-amz-date': '20260101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=F/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
};
const md5 = (data: string) => createHash('md5').update(data).digest('hex');

describe('a key survives exactly', () => {
  const keys = [
    'a//b',
    './a',
    '../a',
    'a/../b',
    '/leading',
    'trailing/',
    '//',
    'a b+c',
    '100%',
    '%25',
    'a#b?c&d=e',
    "!'()*~",
    '\u0001\u001f\u007f',
    'line\nbreak\r\t',
    'caf\u00e9',
    'cafe\u0301',
    '\u{1f600}\u{10ffff}',
    '\ufeffbom',
    ' space ',
    '<&>"',
    'x'.repeat(1024),
    '\u00e9'.repeat(512),
    '_cdnpub/faults',
  ];
  test.each(keys)('%j', async (key) => {
    await put(key, { Body: `body of ${key}` });
    expect(await (await get(key)).Body?.transformToString()).toBe(`body of ${key}`);
    expect((await head(key)).ContentLength).toBe(Buffer.byteLength(`body of ${key}`));
    await remove(key);
    expect(await codeOf(get(key))).toBe('404 NoSuchKey');
  });

  test.each(['x'.repeat(1025), '\u00e9'.repeat(513)])('longer than 1,024 bytes is refused', async (key) => {
    expect(await codeOf(put(key))).toBe('400 KeyTooLongError');
  });

  test('broken escapes and bytes that are not UTF-8 are refused', async () => {
    expect((await s3.ask({ path: `/${Bucket}/%ff` })).text).toContain('<Code>InvalidURI</Code>');
    expect((await s3.ask({ path: `/${Bucket}/%zz` })).status).toBe(400);
  });
});

describe('what is stored beside the bytes', () => {
  test('comes back exactly', async () => {
    await put('headers', {
      CacheControl: 'public, max-age=0,  s-maxage=86400',
      ContentType: 'text/html; charset=utf-8',
      ContentEncoding: 'gzip, br',
      ContentDisposition: 'attachment; filename="a b.txt"',
      ContentLanguage: 'de, en',
      Expires: new Date('2030-01-01T00:00:00Z'),
      WebsiteRedirectLocation: '/elsewhere',
      Metadata: { 'Cache-Tag': 'a,b', empty: '' },
    });
    expect(await head('headers')).toMatchObject({
      CacheControl: 'public, max-age=0,  s-maxage=86400',
      ContentType: 'text/html; charset=utf-8',
      ContentEncoding: 'gzip, br',
      ContentDisposition: 'attachment; filename="a b.txt"',
      ContentLanguage: 'de, en',
      ExpiresString: 'Tue, 01 Jan 2030 00:00:00 GMT',
      WebsiteRedirectLocation: '/elsewhere',
      Metadata: { 'cache-tag': 'a,b', empty: '' },
      ServerSideEncryption: 'AES256',
      AcceptRanges: 'bytes',
    });
  });

  test('the default type is binary/octet-stream', async () => {
    await s3.foreign.send(new CreateBucketCommand({ Bucket: 'untyped' }));
    await s3.ask({ method: 'PUT', path: '/untyped/k', headers: foreignHeaders, body: 'x' });
    const { headers } = await s3.ask({ path: '/untyped/k', headers: foreignHeaders });
    expect(headers['content-type']).toBe('binary/octet-stream');
  });

  test('aws-chunked is no encoding of the object', async () => {
    await put('stream', { Body: Readable.from([Buffer.from('streamed')]), ContentLength: 8, ContentEncoding: 'br' });
    expect((await head('stream')).ContentEncoding).toBe('br');
    await put('stream', { Body: Readable.from([Buffer.from('streamed')]), ContentLength: 8 });
    const answer = await get('stream');
    expect(answer.ContentEncoding).toBeUndefined();
    expect(await answer.Body?.transformToString()).toBe('streamed');
  });

  test.each([
    [2048, 'ok'],
    [2049, '400 MetadataTooLarge'],
  ])('%i bytes of user metadata: %s', async (size, expected) => {
    expect(await codeOf(put('meta', { Metadata: { name: 'x'.repeat(size - 4) } }))).toBe(expected);
  });

  test('LastModified is a whole second of the server', async () => {
    s3.skewMs = -600_000;
    await put('dated');
    const { LastModified } = await head('dated');
    s3.skewMs = 0;
    const age = Date.now() - (LastModified?.getTime() ?? 0);
    expect(age).toBeGreaterThan(599_000);
    expect(age).toBeLessThan(660_000);
    expect((LastModified?.getTime() ?? 1) % 1000).toBe(0);
  });

  test.each([
    ['private', '400 AccessControlListNotSupported'],
    ['public-read', '400 AccessControlListNotSupported'],
    ['bucket-owner-full-control', 'ok'],
  ] as const)('ACL %s under BucketOwnerEnforced: %s', async (ACL, expected) => {
    expect(await codeOf(put('acl', { ACL }))).toBe(expected);
  });

  test('under KMS the ETag is no MD5', async () => {
    const { ETag } = await put('kms', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key-1' });
    expect(ETag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(ETag).not.toBe(`"${md5('body')}"`);
    expect(await head('kms')).toMatchObject({ ETag, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key-1' });
  });
});

describe('checksums', () => {
  const sha256 = (data: string) => createHash('sha256').update(data).digest('base64');
  const sha1 = createHash('sha1').update('123456789').digest('base64');
  // Of the nine bytes "123456789": the check values that each algorithm's definition gives.
  const known = [
    ['CRC32', 'ChecksumCRC32', 'y/Q5Jg=='],
    ['CRC32C', 'ChecksumCRC32C', '4waSgw=='],
    ['CRC64NVME', 'ChecksumCRC64NVME', 'rosUhgp5mIg='],
    ['SHA1', 'ChecksumSHA1', sha1],
    ['SHA256', 'ChecksumSHA256', sha256('123456789')],
  ] as const;

  test.each(known)('%s computed by the client is verified, stored and returned', async (algorithm, field, value) => {
    const sent = await put('sum', { Body: '123456789', ChecksumAlgorithm: algorithm });
    expect(sent).toMatchObject({ [field]: value, ChecksumType: 'FULL_OBJECT' });
    expect(await head('sum', { ChecksumMode: 'ENABLED' })).toMatchObject({
      [field]: value,
      ChecksumType: 'FULL_OBJECT',
    });
    expect(await head('sum')).not.toHaveProperty(field);
  });

  test.each(known)('%s given ready-made', async (_algorithm, field, value) => {
    expect(await put('sum', { Body: '123456789', [field]: value })).toMatchObject({ [field]: value });
    expect(await codeOf(put('sum', { Body: '12345678', [field]: value }))).toBe('400 BadDigest');
  });

  test('in a trailer', async () => {
    const stream = () => ({ Body: Readable.from([Buffer.from('123456789')]), ContentLength: 9 });
    expect(await put('sum', { ...stream(), ChecksumAlgorithm: 'SHA256' })).toMatchObject({
      ChecksumSHA256: sha256('123456789'),
    });
  });

  test.each([
    [createHash('md5').update('body').digest('base64'), 'ok'],
    [createHash('md5').update('other').digest('base64'), '400 BadDigest'],
    ['nonsense', '400 InvalidDigest'],
  ])('Content-MD5 %s: %s', async (ContentMD5, expected) => {
    expect(await codeOf(put('md5', { ContentMD5 }))).toBe(expected);
  });

  test('a checksum of the wrong length is an InvalidRequest', async () => {
    expect(await codeOf(put('sum', { ChecksumSHA256: 'AAAA' }))).toBe('400 InvalidRequest');
  });
});

describe('ranges', () => {
  const rows: [string, string, string][] = [
    ['bytes=0-3', '206 bytes 0-3/10', '0123'],
    ['bytes=4-', '206 bytes 4-9/10', '456789'],
    ['bytes=-3', '206 bytes 7-9/10', '789'],
    ['bytes=-99', '206 bytes 0-9/10', '0123456789'],
    ['bytes=8-99', '206 bytes 8-9/10', '89'],
    ['bytes=0-1,4-5', '200 -', '0123456789'],
    ['bytes=5-1', '200 -', '0123456789'],
    ['lines=1-2', '200 -', '0123456789'],
    ['bytes=10-', '416 -', 'InvalidRange'],
    ['bytes=-0', '416 -', 'InvalidRange'],
  ];
  test.each(rows)('%s is %s', async (Range, expected, body) => {
    await put('digits', { Body: '0123456789' });
    const [status, range] = expected.split(/ (.*)/);
    const answer = await get('digits', { Range }).catch((error: Error & { $metadata: object }) => error);
    expect(answer.$metadata).toMatchObject({ httpStatusCode: Number(status) });
    if (answer instanceof Error) expect(answer.name).toBe(body);
    else {
      expect(answer.ContentRange ?? '-').toBe(range);
      expect(await answer.Body?.transformToString()).toBe(body);
    }
  });
});

describe('conditional reads', () => {
  const past = new Date(Date.now() - 60_000);
  const future = new Date(Date.now() + 60_000);
  const etag = `"${md5('body')}"`;
  const rows: [string, object, string][] = [
    ['matching If-Match', { IfMatch: etag }, 'ok'],
    ['bare If-Match', { IfMatch: md5('body') }, 'ok'],
    ['other If-Match', { IfMatch: '"x"' }, '412 PreconditionFailed'],
    ['matching If-None-Match', { IfNoneMatch: etag }, '304'],
    ['weak If-None-Match in a list', { IfNoneMatch: `"x", W/${etag}` }, '304'],
    ['other If-None-Match', { IfNoneMatch: '"x"' }, 'ok'],
    ['changed since', { IfModifiedSince: past }, 'ok'],
    ['not changed since', { IfModifiedSince: future }, '304'],
    ['unchanged since', { IfUnmodifiedSince: future }, 'ok'],
    ['changed, so not unmodified', { IfUnmodifiedSince: past }, '412 PreconditionFailed'],
    ['If-Match outweighs If-Unmodified-Since', { IfMatch: etag, IfUnmodifiedSince: past }, 'ok'],
    ['If-None-Match outweighs If-Modified-Since', { IfNoneMatch: '"x"', IfModifiedSince: future }, 'ok'],
    ['If-None-Match that matches, changed since', { IfNoneMatch: etag, IfModifiedSince: past }, '304'],
  ];
  test.each(rows)('%s', async (_name, conditions, expected) => {
    await put('conditional');
    expect((await codeOf(get('conditional', conditions))).replace(/^304 .*/, '304')).toBe(expected);
  });
});

describe('conditional writes', () => {
  const etag = `"${md5('body')}"`;
  const rows: [string, boolean, Partial<PutObjectCommandInput>, string][] = [
    ['If-None-Match * on a missing key', false, { IfNoneMatch: '*' }, 'ok'],
    ['If-None-Match * on a key', true, { IfNoneMatch: '*' }, '412 PreconditionFailed'],
    ['If-None-Match of a tag', true, { IfNoneMatch: '"x"' }, '501 NotImplemented'],
    ['If-Match that matches', true, { IfMatch: etag }, 'ok'],
    ['If-Match of another tag', true, { IfMatch: '"x"' }, '412 PreconditionFailed'],
    ['If-Match on a missing key', false, { IfMatch: etag }, '404 NoSuchKey'],
  ];
  test.each(rows)('%s', async (_name, exists, conditions, expected) => {
    await remove('written');
    if (exists) await put('written');
    expect(await codeOf(put('written', { Body: 'new', ...conditions }))).toBe(expected);
    const body = expected === 'ok' ? 'new' : exists ? 'body' : undefined;
    if (body) expect(await (await get('written')).Body?.transformToString()).toBe(body);
  });

  test.each([
    ['that matches', etag, 'ok'],
    ['of any', '*', 'ok'],
    ['of another tag', '"x"', '412 PreconditionFailed'],
  ])('DELETE with If-Match %s', async (_name, IfMatch, expected) => {
    await put('deleted');
    expect(await codeOf(remove('deleted', { IfMatch }))).toBe(expected);
  });

  test('exactly one of many writers of a new key wins', async () => {
    const writers = Array.from({ length: 10 }, (_, n) => codeOf(put('race', { Body: `${n}`, IfNoneMatch: '*' })));
    const codes = await Promise.all(writers);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    const lost = codes.filter((code) => code !== 'ok');
    expect(lost.every((code) => code === '412 PreconditionFailed' || code === '409 ConditionalRequestConflict')).toBe(
      true,
    );
  });

  test('a write that another one overtakes in flight is a 409', async () => {
    await s3.foreign.send(new CreateBucketCommand({ Bucket: 'overtaking' }));
    const lines = Object.entries(foreignHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = connect(Number(new URL(s3.cloud.endpoint).port), '127.0.0.1');
    socket.write(
      `PUT /overtaking/k HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-None-Match: *\r\n${lines.join('')}` +
        'Expect: 100-continue\r\nContent-Length: 4\r\n\r\n',
    );
    let text = '';
    socket.on('data', (part) => {
      text += part.toString();
    });
    while (!text.includes('100 Continue')) await new Promise(setImmediate);
    await s3.foreign.send(new PutObjectCommand({ Bucket: 'overtaking', Key: 'k', Body: 'body' }));
    socket.write('late');
    await new Promise((resolve) => socket.on('close', resolve));
    expect(text).toContain('HTTP/1.1 409 Conflict');
    expect(text).toContain('<Code>ConditionalRequestConflict</Code>');
    const kept = await s3.foreign.send(new GetObjectCommand({ Bucket: 'overtaking', Key: 'k' }));
    expect(await kept.Body?.transformToString()).toBe('body');
  });
});

test('a deleted key may be deleted again', async () => {
  expect(await codeOf(remove('never-there'))).toBe('ok');
});

test('response headers may be overridden by a signed request', async () => {
  await put('overridden');
  const answer = await get('overridden', { ResponseContentType: 'text/plain', ResponseCacheControl: 'no-store' });
  expect([answer.ContentType, answer.CacheControl]).toEqual(['text/plain', 'no-store']);
});

describe('host-style', () => {
  test.each(['localhost', 's3.localhost'])('BUCKET.%s', async (host) => {
    await put('hosted/é');
    const path = '/hosted/%C3%A9';
    // Unsigned, so the answer is a refusal of this bucket's and none of another's.
    const answer = await s3.ask({ path, headers: { host: `${Bucket}.${host}` } });
    expect(answer.text).toContain('<Code>AccessDenied</Code>');
    const missing = await s3.ask({ path, headers: { host: `no-${Bucket}.${host}` } });
    expect(missing.text).toContain('<Code>NoSuchBucket</Code>');
  });
});

test('what S3 has and this cloud has not is a 501', async () => {
  const { GetObjectTorrentCommand } = await import('@aws-sdk/client-s3');
  await put('torrent');
  const call = s3.client.send(new GetObjectTorrentCommand({ Bucket, Key: 'torrent' }));
  expect(await codeOf(call)).toBe('501 NotImplemented');
});
