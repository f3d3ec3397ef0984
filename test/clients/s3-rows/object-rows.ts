import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Boto3Row } from '../boto3.ts';
import { failed } from '../failed.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

/** Objects: bodies, headers, checksums, conditions, copies. */
export const objectRows: readonly Boto3Row[] = [
  [
    'put',
    's3.put_object(Bucket=b, Key="a.txt", Body=b"hello", ContentType="text/plain; charset=utf-8", CacheControl="public, max-age=60", Metadata={"Tag": "one,two"})["ETag"]',
    `"${md5('hello')}"`,
  ],
  [
    'get',
    `
    got = s3.get_object(Bucket=b, Key="a.txt")
    [got["Body"].read(), got["ContentType"], got["CacheControl"], got["Metadata"], got["ContentLength"], got["ETag"]]`,
    ['hello', 'text/plain; charset=utf-8', 'public, max-age=60', { tag: 'one,two' }, 5, `"${md5('hello')}"`],
  ],
  [
    'get a part',
    `
    got = s3.get_object(Bucket=b, Key="a.txt", Range="bytes=1-3")
    [got["Body"].read(), got["ContentRange"], got["ResponseMetadata"]["HTTPStatusCode"]]`,
    ['ell', 'bytes 1-3/5', 206],
  ],
  ['get past the end', 's3.get_object(Bucket=b, Key="a.txt", Range="bytes=9-")', failed('InvalidRange', 416)],
  ['get what one has', 's3.get_object(Bucket=b, Key="a.txt", IfNoneMatch=got["ETag"])', failed('304', 304)],
  ['get none', 's3.get_object(Bucket=b, Key="none")', failed('NoSuchKey', 404)],
  ['head none', 's3.head_object(Bucket=b, Key="none")', failed('404', 404)],
  ['get from no bucket', 's3.get_object(Bucket="boto3-none", Key="a.txt")', failed('NoSuchBucket', 404)],
  [
    'put with SHA-256',
    's3.put_object(Bucket=b, Key="sum", Body=b"hello", ChecksumAlgorithm="SHA256")["ChecksumSHA256"]',
    sha256('hello'),
  ],
  [
    'head with SHA-256',
    's3.head_object(Bucket=b, Key="sum", ChecksumMode="ENABLED")["ChecksumSHA256"]',
    sha256('hello'),
  ],
  [
    'attributes',
    's3.get_object_attributes(Bucket=b, Key="sum", ObjectAttributes=["ETag", "Checksum", "ObjectSize"])',
    {
      ETag: md5('hello'),
      Checksum: { ChecksumSHA256: sha256('hello'), ChecksumType: 'FULL_OBJECT' },
      ObjectSize: 5,
      LastModified: expect.anything(),
    },
  ],
  [
    'put with a wrong SHA-256',
    `s3.put_object(Bucket=b, Key="bad", Body=b"other", ChecksumSHA256="${sha256('hello')}")`,
    failed('BadDigest', 400),
  ],
  [
    'put with a wrong MD5',
    `s3.put_object(Bucket=b, Key="bad", Body=b"other", ContentMD5="${createHash('md5').update('hello').digest('base64')}")`,
    failed('BadDigest', 400),
  ],
  [
    'put only if new',
    's3.put_object(Bucket=b, Key="a.txt", Body=b"x", IfNoneMatch="*")',
    failed('PreconditionFailed', 412),
  ],
  [
    'put only over another',
    's3.put_object(Bucket=b, Key="a.txt", Body=b"x", IfMatch=\'"0123"\')',
    failed('PreconditionFailed', 412),
  ],
  [
    'put only over nothing',
    's3.put_object(Bucket=b, Key="none", Body=b"x", IfMatch=\'"0123"\')',
    failed('NoSuchKey', 404),
  ],
  ['too long a key', 's3.put_object(Bucket=b, Key="k" * 1025, Body=b"x")', failed('KeyTooLongError', 400)],
  [
    'too much metadata',
    's3.put_object(Bucket=b, Key="meta", Body=b"x", Metadata={"m": "x" * 2048})',
    failed('MetadataTooLarge', 400),
  ],
  [
    'copy',
    's3.copy_object(Bucket=b, Key="copy é+.txt", CopySource={"Bucket": b, "Key": "a.txt"})["CopyObjectResult"]["ETag"]',
    `"${md5('hello')}"`,
  ],
  [
    'copy keeps headers',
    `
    got = s3.head_object(Bucket=b, Key="copy é+.txt")
    [got["CacheControl"], got["Metadata"]]`,
    ['public, max-age=60', { tag: 'one,two' }],
  ],
  [
    'copy with other headers',
    `
    s3.copy_object(Bucket=b, Key="a.txt", CopySource={"Bucket": b, "Key": "a.txt"}, MetadataDirective="REPLACE", ContentType="text/html", CacheControl="no-cache")
    got = s3.head_object(Bucket=b, Key="a.txt")
    [got["ContentType"], got["CacheControl"], got["Metadata"]]`,
    ['text/html', 'no-cache', {}],
  ],
  [
    'copy to itself',
    's3.copy_object(Bucket=b, Key="a.txt", CopySource={"Bucket": b, "Key": "a.txt"})',
    failed('InvalidRequest', 400),
  ],
  [
    'copy of none',
    's3.copy_object(Bucket=b, Key="x", CopySource={"Bucket": b, "Key": "none"})',
    failed('NoSuchKey', 404),
  ],
  [
    'copy only if',
    's3.copy_object(Bucket=b, Key="x", CopySource={"Bucket": b, "Key": "a.txt"}, CopySourceIfMatch=\'"0123"\')',
    failed('PreconditionFailed', 412),
  ],
  [
    'object tags',
    `
    s3.put_object_tagging(Bucket=b, Key="a.txt", Tagging={"TagSet": [{"Key": "a", "Value": "b c"}]})
    s3.get_object_tagging(Bucket=b, Key="a.txt")["TagSet"]`,
    [{ Key: 'a', Value: 'b c' }],
  ],
  [
    'nobody reads',
    'client("s3", signature_version=UNSIGNED).get_object(Bucket=b, Key="a.txt")',
    failed('AccessDenied', 403),
  ],
];
