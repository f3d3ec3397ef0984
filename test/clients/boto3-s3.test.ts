import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud/start-local-cloud.ts';
import { type Boto3Row, boto3, runBoto3 } from './boto3.ts';
import { describeClient } from './find-client.ts';
import { bucketRows } from './s3-rows/bucket-rows.ts';
import { listingRows } from './s3-rows/listing-rows.ts';
import { multipartRows } from './s3-rows/multipart-rows.ts';
import { objectRows } from './s3-rows/object-rows.ts';
import { presignedRows } from './s3-rows/presigned-rows.ts';
import { versionRows } from './s3-rows/version-rows.ts';

/** The local S3 as boto3 meets it: a client that shares nothing with the SDK that cdnpub uses. */
const groups = {
  buckets: bucketRows,
  objects: objectRows,
  listing: listingRows,
  versions: versionRows,
  multipart: multipartRows,
  presigned: presignedRows,
};
const rows = Object.entries(groups).flatMap(([group, inGroup]) =>
  inGroup.map(([name, code, expected]): Boto3Row => [`${group}: ${name}`, code, expected]),
);

describeClient('boto3', { client: boto3, checks: rows.length }, () => {
  let cloud: LocalCloud;
  let came: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    cloud = await startLocalCloud();
    came = await runBoto3(cloud, rows);
  });

  afterAll(() => cloud.close());

  test.each(rows.map(([name, , expected]) => ({ name, expected })))('$name', ({ name, expected }) => {
    expect(came[name]).toEqual(expected);
  });
});
