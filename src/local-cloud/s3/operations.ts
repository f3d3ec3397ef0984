import { configurationOperations } from './buckets/bucket-operations.ts';
import { createBucket } from './buckets/create-bucket.ts';
import { listBuckets } from './buckets/list-buckets.ts';
import { deleteObject } from './objects/delete-object.ts';
import { getObject, headObject } from './objects/get-object.ts';
import { listObjects, listObjectsV2 } from './objects/list-objects.ts';
import { putObject } from './objects/put-object.ts';
import type { BucketOperation, ServiceOperation } from './s3-context.ts';

/** Operations that need no existing bucket. */
export const serviceOperations: Readonly<Record<string, ServiceOperation>> = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
};

/** What is built. Every other operation of the table is answered 501, as S3 words it. */
export const bucketOperations: Readonly<Record<string, BucketOperation>> = {
  ...configurationOperations,
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
};
