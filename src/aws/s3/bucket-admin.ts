import type { BucketAdmin } from '../../model/ports.ts';
import { closeBucket } from './close-bucket.ts';
import { configureBucket } from './configure-bucket.ts';
import { createBucket } from './create-bucket.ts';
import { inspectBucket } from './inspect-bucket.ts';
import { isClosed } from './is-closed.ts';
import { isTagged } from './is-tagged.ts';
import { mergeBucketPolicy } from './merge-bucket-policy.ts';
import { readBucketPolicy } from './read-bucket-policy.ts';
import type { S3Context } from './s3-context.ts';

/** The bucket as a thing of its own, over the AWS SDK. */
export const bucketAdmin = (context: S3Context): BucketAdmin => ({
  inspect: () => inspectBucket(context),
  isTagged: () => isTagged(context),
  create: (step) => createBucket(context, step),
  configure: () => configureBucket(context),
  isClosed: () => isClosed(context),
  close: () => closeBucket(context),
  readPolicy: async () => (await readBucketPolicy(context)).Statement,
  mergePolicy: (statements) => mergeBucketPolicy(context, statements),
});
