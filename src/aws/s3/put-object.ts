import { Readable } from 'node:stream';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Body, ObjectStore, WriteResult } from '../../model/ports.ts';
import { equalHeaders } from '../../plan/objects/equal-headers.ts';
import { conditionFields, orConflict } from './conditions.ts';
import { headObject } from './head-object.ts';
import { unquote } from './list-objects.ts';
import { callS3, type S3Context } from './s3-context.ts';
import { toFields } from './stored-headers.ts';

type PutRequest = Parameters<ObjectStore['put']>[0];

/** Writes one object; S3 verifies the SHA-256 against what arrived. */
export async function putObject(context: S3Context, request: PutRequest): Promise<WriteResult> {
  const result = await put(context, request);
  return result.kind === 'conflict' ? ((await findOwnWrite(context, request)) ?? result) : result;
}

/** A write whose reply was lost is sent again, and then its condition fails: the object there is what was sent. */
async function findOwnWrite(
  context: S3Context,
  { key, sha256, headers }: PutRequest,
): Promise<WriteResult | undefined> {
  const head = await headObject(context, key);
  if (head?.sha256 !== sha256 || !equalHeaders(head.headers, headers)) return undefined;
  return { kind: 'written', etag: head.etag, versionId: head.versionId };
}

const put = (context: S3Context, request: PutRequest): Promise<WriteResult> =>
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
