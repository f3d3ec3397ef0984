import { Readable } from 'node:stream';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Body, ObjectStore } from '../../model/ports.ts';
import { conditionFields, orConflict } from './conditions.ts';
import { unquote } from './list-objects.ts';
import { callS3, type S3Context } from './s3-context.ts';
import { toFields } from './stored-headers.ts';

/** Writes one object; S3 verifies the SHA-256 against what arrived. */
export const putObject = (
  context: S3Context,
  request: Parameters<ObjectStore['put']>[0],
): ReturnType<ObjectStore['put']> =>
  callS3(context, 'PutObject', request.key, () =>
    orConflict(async () => {
      const { client, bucket: Bucket, prefix, owner } = context;
      const answer = await client.send(
        new PutObjectCommand({
          Bucket,
          Key: prefix + request.key,
          ...owner,
          ...bodyFields(request.body),
          ChecksumSHA256: Buffer.from(request.sha256, 'hex').toString('base64'),
          ...toFields(request.headers),
          ...conditionFields(request.condition),
        }),
      );
      return { kind: 'written', etag: unquote(answer.ETag), versionId: answer.VersionId ?? null };
    }),
  );

function bodyFields(body: Body): { readonly Body: Buffer | Readable; readonly ContentLength: number } {
  if (body.kind === 'stream')
    return { Body: Readable.from(body.open(), { objectMode: false }), ContentLength: body.size };
  const { buffer, byteOffset, byteLength } = body.bytes;
  return { Body: Buffer.from(buffer, byteOffset, byteLength), ContentLength: byteLength };
}
