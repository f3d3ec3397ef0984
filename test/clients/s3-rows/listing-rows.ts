import { expect } from 'vitest';
import type { Boto3Row } from '../boto3.ts';
import { failed } from '../failed.ts';

const names = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, at) => `p/${String(from + at).padStart(2, '0')}.txt`);

/** Listings, odd keys and deletes. */
export const listingRows: readonly Boto3Row[] = [
  [
    'empty',
    `
    s3.create_bucket(Bucket="boto3-list", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    listed = s3.list_objects_v2(Bucket="boto3-list")
    [listed["KeyCount"], listed["IsTruncated"], "Contents" in listed]`,
    [0, false, false],
  ],
  ['put 25', 'for n in range(25): s3.put_object(Bucket="boto3-list", Key=f"p/{n:02}.txt", Body=b"")', null],
  [
    'pages',
    `[[x["Key"] for x in page["Contents"]] for page in s3.get_paginator("list_objects_v2").paginate(Bucket="boto3-list", PaginationConfig={"PageSize": 10})]`,
    [names(0, 10), names(10, 20), names(20, 25)],
  ],
  [
    'start after',
    '[x["Key"] for x in s3.list_objects_v2(Bucket="boto3-list", StartAfter="p/22.txt")["Contents"]]',
    ['p/23.txt', 'p/24.txt'],
  ],
  [
    'odd keys',
    `
    odd = ["é ü.txt", "日本/語.html", "a+b&c=d.txt", "100%.txt", "q?#.txt", "~tilde", "//double", "<x>'\\"", "\\x01", "😀", "\\ufffd"]
    for key in odd: s3.put_object(Bucket="boto3-list", Key=key, Body=key.encode())
    [x["Key"] for x in s3.list_objects_v2(Bucket="boto3-list")["Contents"] if not x["Key"].startswith("p/")] == sorted(odd, key=lambda key: key.encode())`,
    true,
  ],
  [
    'odd keys read',
    '[s3.get_object(Bucket="boto3-list", Key=key)["Body"].read().decode() == key for key in odd]',
    Array(11).fill(true),
  ],
  [
    'folders',
    `
    got = s3.list_objects_v2(Bucket="boto3-list", Delimiter="/")
    [x["Prefix"] for x in got["CommonPrefixes"]]`,
    ['/', 'p/', '日本/'],
  ],
  [
    'one page of folders',
    `
    got = s3.list_objects_v2(Bucket="boto3-list", Delimiter="/", Prefix="p/", MaxKeys=3)
    [got["KeyCount"], got["IsTruncated"], got["MaxKeys"], got["Prefix"]]`,
    [3, true, 3, 'p/'],
  ],
  [
    'the older listing',
    '[len(s3.list_objects(Bucket="boto3-list", Prefix="p/")["Contents"]), s3.list_objects(Bucket="boto3-list", Prefix="p/", MaxKeys=1)["IsTruncated"]]',
    [25, true],
  ],
  [
    'delete some',
    's3.delete_objects(Bucket="boto3-list", Delete={"Objects": [{"Key": "p/00.txt"}, {"Key": "never-there"}, {"Key": "p/01.txt", "ETag": \'"0123"\'}]})',
    {
      Deleted: expect.arrayContaining([{ Key: 'p/00.txt' }, { Key: 'never-there' }]),
      Errors: [{ Key: 'p/01.txt', Code: 'PreconditionFailed', Message: expect.anything() }],
    },
  ],
  [
    'delete quietly',
    's3.delete_objects(Bucket="boto3-list", Delete={"Quiet": True, "Objects": [{"Key": key} for key in odd]}).get("Deleted")',
    null,
  ],
  [
    'delete too many',
    's3.delete_objects(Bucket="boto3-list", Delete={"Objects": [{"Key": str(n)} for n in range(1001)]})',
    failed('MalformedXML', 400),
  ],
  [
    'delete only if',
    's3.delete_object(Bucket="boto3-list", Key="p/01.txt", IfMatch=\'"0123"\')',
    failed('PreconditionFailed', 412),
  ],
  ['not empty', 's3.delete_bucket(Bucket="boto3-list")', failed('BucketNotEmpty', 409)],
];
