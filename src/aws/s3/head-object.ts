import { HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ObjectHead } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { callS3, type S3Context } from './s3-context.ts';
import { fromFields } from './stored-headers.ts';
import { unquote } from './unquote.ts';

/** An object's size, ETag, headers and, where S3 keeps one of the whole object, SHA-256. */
export async function headObject(context: S3Context, key: string): Promise<ObjectHead | undefined> {
  const head = await readHead(context, key);
  return head && describeHead(head);
}

/** What S3 itself tells of an object, its checksum included. */
export function readHead(context: S3Context, key: string): Promise<HeadObjectCommandOutput | undefined> {
  const { client, bucket: Bucket, prefix, owner } = context;
  return callS3(context, 'GetObject', key, async () => {
    try {
      return await client.send(new HeadObjectCommand({ Bucket, Key: prefix + key, ...owner, ChecksumMode: 'ENABLED' }));
    } catch (error) {
      if (awsErrorName(error).status === 404) return undefined;
      throw error;
    }
  });
}

/** What a HEAD tells of an object, or of one version of it. */
export const describeHead = (answer: HeadObjectCommandOutput): ObjectHead => ({
  etag: unquote(answer.ETag),
  size: answer.ContentLength ?? 0,
  lastModified: Math.floor((answer.LastModified?.getTime() ?? 0) / 1000),
  versionId: answer.VersionId ?? null,
  sha256: wholeSha256(answer.ChecksumSHA256),
  headers: fromFields(answer),
});

/** `hash-N` is the checksum of a multipart upload's parts, not of the bytes. */
const wholeSha256 = (base64: string | undefined): string | null =>
  base64 === undefined || base64.includes('-') ? null : Buffer.from(base64, 'base64').toString('hex');
