import { GetBucketPolicyCommand } from '@aws-sdk/client-s3';
import { awsErrorName } from '../tell-aws-error.ts';
import { callS3, type S3Context } from './s3-context.ts';

export interface BucketPolicy {
  readonly Version: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** The bucket's policy; an empty one where there is none. */
export function readBucketPolicy(context: S3Context): Promise<BucketPolicy> {
  return callS3(context, 'GetBucketPolicy', undefined, async () => {
    try {
      const { Policy } = await context.client.send(
        new GetBucketPolicyCommand({ Bucket: context.bucket, ...context.owner }),
      );
      const parsed = JSON.parse(Policy ?? '{}') as Partial<BucketPolicy>;
      return { ...parsed, Version: parsed.Version ?? '2012-10-17', Statement: [parsed.Statement ?? []].flat() };
    } catch (error) {
      const { name } = awsErrorName(error);
      if (name === 'NoSuchBucketPolicy' || name === 'NoSuchBucket') return { Version: '2012-10-17', Statement: [] };
      throw error;
    }
  });
}
