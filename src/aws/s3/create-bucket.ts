import { type BucketLocationConstraint, CreateBucketCommand, type CreateBucketConfiguration } from '@aws-sdk/client-s3';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { InfraStep } from '../../model/infrastructure.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { callS3, type S3Context } from './s3-context.ts';

/** Makes the bucket, tagged from its first moment, so that a run that dies here leaves a bucket that is known as ours. */
export async function createBucket(
  context: S3Context,
  step: Extract<InfraStep, { kind: 'createBucket' }>,
): Promise<void> {
  await callS3(context, 'CreateBucket', undefined, async () => {
    try {
      await context.client.send(
        new CreateBucketCommand({
          Bucket: step.bucket,
          CreateBucketConfiguration: configuration(step.region),
          ...(step.accountRegional ? { BucketNamespace: 'account-regional' } : {}),
        }),
      );
    } catch (error) {
      const { name } = awsErrorName(error);
      if (name === 'BucketAlreadyOwnedByYou') return;
      if (name === 'BucketAlreadyExists') throw taken(step.bucket);
      throw error;
    }
  });
}

/** S3: us-east-1 must not be named as a location. */
const configuration = (region: string): CreateBucketConfiguration => ({
  Tags: [{ Key: 'cdnpub', Value: '1' }],
  ...(region === 'us-east-1' ? {} : { LocationConstraint: region as BucketLocationConstraint }),
});

const taken = (bucket: string): CdnpubError =>
  new CdnpubError('E_FOREIGN_BUCKET', {
    message: `bucket ${bucket} belongs to another account`,
    hints: ['--bucket NAME with a name of your own'],
  });
