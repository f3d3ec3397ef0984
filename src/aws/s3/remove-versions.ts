import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../model/ports.ts';
import { callS3, type S3Context } from './s3-context.ts';

/** S3: at most 1,000 keys a call. */
const batchSize = 1_000;

/** Deletes exact versions for ever. The call answers 200 even where some fail: those are returned. */
export async function removeVersions(
  context: S3Context,
  versions: Parameters<ObjectStore['removeVersions']>[0],
): ReturnType<ObjectStore['removeVersions']> {
  const { client, bucket: Bucket, prefix, owner } = context;
  const failures = [];
  for (let start = 0; start < versions.length; start += batchSize) {
    const Objects = versions
      .slice(start, start + batchSize)
      .map(({ key, versionId }) => ({ Key: prefix + key, VersionId: versionId }));
    const request = new DeleteObjectsCommand({ Bucket, ...owner, Delete: { Objects, Quiet: true } });
    const answer = await callS3(context, 'DeleteObjectVersion', undefined, () => client.send(request));
    failures.push(...(answer.Errors ?? []));
  }
  return failures.map(({ Key, VersionId, Code, Message }) => ({
    key: (Key ?? '').slice(prefix.length),
    versionId: VersionId ?? '',
    code: Code ?? 'Unknown',
    message: Message ?? '',
  }));
}
