import type { Boto3Row } from '../boto3.ts';
import { failed } from '../failed.ts';

/** Versions and delete markers. */
export const versionRows: readonly Boto3Row[] = [
  ['not versioned', 's3.get_bucket_versioning(Bucket=b).get("Status")', null],
  [
    'versioned',
    `
    s3.put_bucket_versioning(Bucket=b, VersioningConfiguration={"Status": "Enabled"})
    s3.get_bucket_versioning(Bucket=b)["Status"]`,
    'Enabled',
  ],
  [
    'two versions',
    `
    v1, v2 = [s3.put_object(Bucket=b, Key="v", Body=body)["VersionId"] for body in (b"one", b"two")]
    [v1 != v2, s3.get_object(Bucket=b, Key="v", VersionId=v1)["Body"].read(), s3.get_object(Bucket=b, Key="v")["Body"].read()]`,
    [true, 'one', 'two'],
  ],
  ['delete', 's3.delete_object(Bucket=b, Key="v")["DeleteMarker"]', true],
  ['gone', 's3.get_object(Bucket=b, Key="v")', failed('NoSuchKey', 404)],
  [
    'put where a marker is',
    's3.put_object(Bucket=b, Key="v", Body=b"three", IfNoneMatch="*")["VersionId"] not in (v1, v2)',
    true,
  ],
  [
    'versions',
    `
    got = s3.list_object_versions(Bucket=b, Prefix="v")
    [[x["IsLatest"] for x in got["Versions"]], [x["IsLatest"] for x in got["DeleteMarkers"]], got["Versions"][-1]["VersionId"] == v1]`,
    [[true, false, false], [false], true],
  ],
  [
    'what was there before',
    '[x["VersionId"] for x in s3.list_object_versions(Bucket=b, Prefix="a.txt")["Versions"]]',
    ['null'],
  ],
  [
    'copy of a version',
    's3.copy_object(Bucket=b, Key="v", CopySource={"Bucket": b, "Key": "v", "VersionId": v1})["CopySourceVersionId"] == v1',
    true,
  ],
  ['delete a version', 's3.delete_object(Bucket=b, Key="v", VersionId=v1)["VersionId"] == v1', true],
  ['a version that is gone', 's3.get_object(Bucket=b, Key="v", VersionId=v1)', failed('NoSuchVersion', 404)],
  [
    'pages of versions',
    'sum(len(page.get("Versions", [])) + len(page.get("DeleteMarkers", [])) for page in s3.get_paginator("list_object_versions").paginate(Bucket=b, Prefix="v", PaginationConfig={"PageSize": 2}))',
    4,
  ],
];
