import { PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { callS3, type S3Context } from './s3-context.ts';

/** Blocks all public access to the bucket, by ACL and by policy. */
export async function closeBucket(context: S3Context): Promise<void> {
  const { client, bucket: Bucket, owner } = context;
  await callS3(context, 'PutBucketPublicAccessBlock', undefined, () =>
    client.send(new PutPublicAccessBlockCommand({ Bucket, ...owner, PublicAccessBlockConfiguration: closed })),
  );
}

const closed = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
} as const;
