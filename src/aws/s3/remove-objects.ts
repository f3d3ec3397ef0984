import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../model/ports.ts';
import { callS3, type S3Context } from './s3-context.ts';

/** S3: at most 1,000 keys a call. */
const batchSize = 1_000;

/** Deletes objects, each only at the ETag that was seen. The call answers 200 even where some fail: those are returned. */
export async function removeObjects(
  context: S3Context,
  objects: Parameters<ObjectStore['remove']>[0],
): ReturnType<ObjectStore['remove']> {
  const { client, bucket: Bucket, prefix, owner, principal } = context;
  const failures = [];
  const denied = (object: string) =>
    `access denied: s3:DeleteObject on ${object}${principal === undefined ? '' : ` for ${principal}`}`;
  for (let start = 0; start < objects.length; start += batchSize) {
    const Objects = objects
      .slice(start, start + batchSize)
      .map(({ key, etag }) => ({ Key: prefix + key, ETag: `"${etag}"` }));
    const request = new DeleteObjectsCommand({ Bucket, ...owner, Delete: { Objects, Quiet: true } });
    const answer = await callS3(context, 'DeleteObject', undefined, () => client.send(request));
    failures.push(...(answer.Errors ?? []));
  }
  return failures.map(({ Key, Code, Message }) => ({
    key: (Key ?? '').slice(prefix.length),
    code: Code ?? 'Unknown',
    message: Code === 'AccessDenied' ? denied(`${Bucket}/${Key}`) : (Message ?? ''),
  }));
}
