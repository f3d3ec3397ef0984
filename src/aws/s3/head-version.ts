import { HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ObjectHead } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { describeHead } from './head-object.ts';
import { callS3, type S3Context } from './s3-context.ts';

/** An earlier version of an object, or undefined where it is gone; 405 is a delete marker. */
export async function headVersion(context: S3Context, key: string, versionId: string): Promise<ObjectHead | undefined> {
  const head = await readVersionHead(context, key, versionId);
  return head && describeHead(head);
}

/** What S3 itself tells of a version, its cache tags included. */
export function readVersionHead(
  context: S3Context,
  key: string,
  versionId: string,
): Promise<HeadObjectCommandOutput | undefined> {
  const { client, bucket: Bucket, prefix, owner } = context;
  return callS3(context, 'GetObjectVersion', key, async () => {
    try {
      return await client.send(new HeadObjectCommand({ Bucket, Key: prefix + key, VersionId: versionId, ...owner }));
    } catch (error) {
      if ([404, 405].includes(awsErrorName(error).status)) return undefined;
      throw error;
    }
  });
}
