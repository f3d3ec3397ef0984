import type { BucketOperation } from '../s3-context.ts';
import { findUpload } from './find-upload.ts';

/** AbortMultipartUpload: drops the parts with it. */
export const abortUpload: BucketOperation = (context) => {
  context.store.removeUpload(context.bucket, findUpload(context).id);
  return { status: 204 };
};
