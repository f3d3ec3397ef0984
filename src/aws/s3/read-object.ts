import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { StoredObject } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { callS3, type S3Context } from './s3-context.ts';
import { serverDateMs } from './server-date.ts';
import { unquote } from './unquote.ts';

/** A whole object, or undefined where there is none. For the small documents of the state folder. */
export function readObject(context: S3Context, key: string): Promise<StoredObject | undefined> {
  const { client, bucket: Bucket, prefix, owner } = context;
  return callS3(context, 'GetObject', key, async () => {
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key: prefix + key, ...owner }));
      const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      const written = answer.LastModified?.getTime() ?? 0;
      return { bytes, etag: unquote(answer.ETag), ageMs: Math.max(0, (serverDateMs(answer) ?? written) - written) };
    } catch (error) {
      if (awsErrorName(error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  });
}
