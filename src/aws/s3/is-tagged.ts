import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import { awsErrorName } from '../tell-aws-error.ts';
import { callS3, type S3Context } from './s3-context.ts';

/** cdnpub tags each bucket that it makes with `cdnpub=1`. Stores without tags answer 501 or 404. */
export async function isTagged(context: S3Context): Promise<boolean> {
  return callS3(context, 'GetBucketTagging', undefined, async () => {
    try {
      const request = new GetBucketTaggingCommand({ Bucket: context.bucket, ...context.owner });
      const { TagSet } = await context.client.send(request);
      return TagSet?.some(({ Key, Value }) => Key === 'cdnpub' && Value === '1') ?? false;
    } catch (error) {
      if ([301, 404, 405, 501].includes(awsErrorName(error).status)) return false;
      throw error;
    }
  });
}
