import { Readable } from 'node:stream';
import type { Body, Condition, ObjectStore, WriteResult } from '../../../model/ports.ts';
import { withTags } from '../cache-tags.ts';
import type { S3Context } from '../s3-context.ts';
import { unquote } from '../unquote.ts';

type PutRequest = Parameters<ObjectStore['put']>[0];

/**
 * Sends one PutObject over the bulk line. One SHA-256 is both the hash of the signature and the checksum that S3
 * verifies and keeps.
 */
export async function putInBulk(context: S3Context, request: PutRequest, checksum: string): Promise<WriteResult> {
  const line = await context.bulk();
  const answer = await line.send({
    method: 'PUT',
    key: context.prefix + request.key,
    headers: {
      ...storedHeaders(request),
      'content-length': String(sizeOf(request.body)),
      'x-amz-content-sha256': request.sha256,
      'x-amz-checksum-sha256': checksum,
      ...ownerHeader(context),
      ...(context.conditions.honoured ? conditionHeader(request.condition) : {}),
    },
    body: bodyOf(request.body),
  });
  return { kind: 'written', etag: unquote(answer.etag), versionId: answer['x-amz-version-id'] ?? null };
}

/** Names of stored headers are those of HTTP; a time is spelled as HTTP does. */
function storedHeaders({ headers, tags }: PutRequest): PutRequest['headers'] {
  const stored = withTags(headers, tags);
  return stored.expires === undefined ? stored : { ...stored, expires: new Date(stored.expires).toUTCString() };
}

/** Names the account that the bucket must belong to. */
export const ownerHeader = ({ owner: { ExpectedBucketOwner: owner } }: S3Context): Readonly<Record<string, string>> =>
  owner === undefined ? {} : { 'x-amz-expected-bucket-owner': owner };

function conditionHeader(condition: Condition | undefined): Readonly<Record<string, string>> {
  if (condition === undefined) return {};
  return condition.kind === 'absent' ? { 'if-none-match': '*' } : { 'if-match': `"${condition.etag}"` };
}

const sizeOf = (body: Body): number => (body.kind === 'stream' ? body.size : body.bytes.byteLength);

function bodyOf(body: Body): Buffer | Readable {
  if (body.kind === 'stream') return Readable.from(body.open(), { objectMode: false });
  const { buffer, byteOffset, byteLength } = body.bytes;
  return Buffer.from(buffer, byteOffset, byteLength);
}
