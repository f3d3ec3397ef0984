import { CopyObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../model/ports.ts';
import { conditionFields, orConflict } from './conditions.ts';
import { unquote } from './list-objects.ts';
import { callS3, type S3Context } from './s3-context.ts';
import { toFields } from './stored-headers.ts';

/** Copies an object onto itself with other headers. Every header is sent again: REPLACE drops those that are not. */
export const rewriteHeaders = (
  context: S3Context,
  { key, etag, headers }: Parameters<ObjectStore['rewriteHeaders']>[0],
): ReturnType<ObjectStore['rewriteHeaders']> =>
  callS3(context, 'PutObject', key, () =>
    orConflict(async () => {
      const { client, bucket: Bucket, prefix, owner } = context;
      const answer = await client.send(
        new CopyObjectCommand({
          Bucket,
          Key: prefix + key,
          ...owner,
          CopySource: `${Bucket}/${encodeURIComponent(prefix + key)}`,
          CopySourceIfMatch: `"${etag}"`,
          MetadataDirective: 'REPLACE',
          ...toFields(headers),
          ...conditionFields({ kind: 'matches', etag }),
        }),
      );
      return { kind: 'written', etag: unquote(answer.CopyObjectResult?.ETag), versionId: answer.VersionId ?? null };
    }),
  );
