import { Readable } from 'node:stream';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Body, ObjectStore, WriteResult } from '../../model/ports.ts';
import { stateFolder } from '../../model/state-keys.ts';
import { putInBulk } from './bulk/put-in-bulk.ts';
import { withTags } from './cache-tags.ts';
import { conditionFields } from './conditions.ts';
import { findOwnWrite } from './find-own-write.ts';
import { partSizeFor } from './part-size.ts';
import type { S3Context } from './s3-context.ts';
import { toFields } from './stored-headers.ts';
import { unquote } from './unquote.ts';
import { uploadInParts } from './upload-in-parts.ts';
import { writeConditionally } from './write-conditionally.ts';

type PutRequest = Parameters<ObjectStore['put']>[0];

/** Writes one object, in parts where it is large; S3 verifies each SHA-256 against what arrived. */
export function putObject(context: S3Context, request: PutRequest): Promise<WriteResult> {
  const size = sizeOf(request.body);
  const partSize = partSizeFor(size, context.sending.limiter.bytesPerSecond());
  return partSize === undefined ? putWhole(context, request) : uploadInParts(context, request, { size, partSize });
}

const sizeOf = (body: Body): number => (body.kind === 'stream' ? body.size : body.bytes.byteLength);

function putWhole(context: S3Context, request: PutRequest): Promise<WriteResult> {
  const { key, body, headers } = request;
  const checksum = Buffer.from(request.sha256, 'hex').toString('base64');
  const bytes = body.kind === 'bytes' ? body.bytes : undefined;
  return writeConditionally(context, {
    ...{ action: 'PutObject', key, bytes: sizeOf(body) },
    // The state's few documents take the ordinary way.
    send: () => (key.startsWith(stateFolder) ? send : putInBulk)(context, request, checksum),
    findOwn: () => findOwnWrite(context, { key, checksum, headers, bytes }),
  });
}

async function send(context: S3Context, request: PutRequest, checksum: string): Promise<WriteResult> {
  const { client, bucket: Bucket, prefix, owner } = context;
  const answer = await client.send(
    new PutObjectCommand({
      Bucket,
      Key: prefix + request.key,
      ...owner,
      ...bodyFields(request.body),
      ChecksumSHA256: checksum,
      ...toFields(withTags(request.headers, request.tags)),
      ...conditionFields(request.condition),
    }),
  );
  return { kind: 'written', etag: unquote(answer.ETag), versionId: answer.VersionId ?? null };
}

function bodyFields(body: Body): { readonly Body: Buffer | Readable; readonly ContentLength: number } {
  if (body.kind === 'stream')
    return { Body: Readable.from(body.open(), { objectMode: false }), ContentLength: body.size };
  const { buffer, byteOffset, byteLength } = body.bytes;
  return { Body: Buffer.from(buffer, byteOffset, byteLength), ContentLength: byteLength };
}
