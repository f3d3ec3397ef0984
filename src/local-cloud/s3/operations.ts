import { configurationOperations } from './buckets/bucket-operations.ts';
import { createBucket } from './buckets/create-bucket.ts';
import { listBuckets } from './buckets/list-buckets.ts';
import { abortUpload } from './multipart/abort-upload.ts';
import { completeUpload } from './multipart/complete-upload.ts';
import { createUpload } from './multipart/create-upload.ts';
import { listParts, listUploads } from './multipart/list-uploads.ts';
import { uploadPart, uploadPartCopy } from './multipart/upload-part.ts';
import { copyObject } from './objects/copy-object.ts';
import { deleteObject } from './objects/delete-object.ts';
import { deleteObjects } from './objects/delete-objects.ts';
import { getObject, headObject } from './objects/get-object.ts';
import { getObjectAttributes } from './objects/get-object-attributes.ts';
import { listObjectVersions } from './objects/list-object-versions.ts';
import { listObjects, listObjectsV2 } from './objects/list-objects.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './objects/object-tagging.ts';
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
  DeleteObjects: deleteObjects,
  CopyObject: copyObject,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListObjectVersions: listObjectVersions,
  GetObjectTagging: getObjectTagging,
  PutObjectTagging: putObjectTagging,
  DeleteObjectTagging: deleteObjectTagging,
  GetObjectAttributes: getObjectAttributes,
  CreateMultipartUpload: createUpload,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  CompleteMultipartUpload: completeUpload,
  AbortMultipartUpload: abortUpload,
  ListParts: listParts,
  ListMultipartUploads: listUploads,
};
