import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { callS3, type S3Context } from './s3-context.ts';

type Noncurrent = Awaited<ReturnType<ObjectStore['readNoncurrent']>>;

/** The newest version of an object that something else has taken the place of; S3 lists the newest first. */
export async function readNoncurrent(context: S3Context, key: string): Promise<Noncurrent> {
  const { client, bucket: Bucket, prefix, owner } = context;
  const Key = prefix + key;
  const request = new ListObjectVersionsCommand({ Bucket, ...owner, Prefix: Key });
  const { Versions = [] } = await callS3(context, 'ListBucketVersions', undefined, () => client.send(request));
  const newest = Versions.find((version) => version.Key === Key && version.IsLatest !== true);
  return newest?.VersionId === undefined ? undefined : readVersion(context, key, newest.VersionId);
}

function readVersion(context: S3Context, key: string, VersionId: string): Promise<Noncurrent> {
  const { client, bucket: Bucket, prefix, owner } = context;
  return callS3(context, 'GetObjectVersion', key, async () => {
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key: prefix + key, VersionId, ...owner }));
      const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      return { bytes, lastModified: Math.floor((answer.LastModified?.getTime() ?? 0) / 1000) };
    } catch (error) {
      if ([404, 405].includes(awsErrorName(error).status)) return undefined;
      throw error;
    }
  });
}
