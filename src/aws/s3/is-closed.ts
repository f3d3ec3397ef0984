import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { awsErrorName } from '../tell-aws-error.ts';
import { callS3, type S3Context } from './s3-context.ts';

/** Whether all public access to the bucket is blocked by the bucket's own settings. */
export async function isClosed(context: S3Context): Promise<boolean> {
  return callS3(context, 'GetBucketPublicAccessBlock', undefined, async () => {
    try {
      const request = new GetPublicAccessBlockCommand({ Bucket: context.bucket, ...context.owner });
      const { PublicAccessBlockConfiguration: block } = await context.client.send(request);
      const { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } = block ?? {};
      return [BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets].every(
        (flag) => flag === true,
      );
    } catch (error) {
      if (awsErrorName(error).name === 'NoSuchPublicAccessBlockConfiguration') return false;
      throw error;
    }
  });
}
