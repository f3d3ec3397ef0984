import { CopyObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectStore, WriteResult } from '../../model/ports.ts';
import { equalHeaders } from '../../plan/objects/equal-headers.ts';
import { withTags } from './cache-tags.ts';
import { conditionFields } from './conditions.ts';
import { copyInParts, largestCopy } from './copy-in-parts.ts';
import { headObject } from './head-object.ts';
import type { S3Context } from './s3-context.ts';
import { toFields } from './stored-headers.ts';
import { unquote } from './unquote.ts';
import { writeConditionally } from './write-conditionally.ts';

type Rewrite = Parameters<ObjectStore['rewriteHeaders']>[0];

/** Copies an object onto itself with other headers. Every header is sent again: REPLACE drops those that are not. */
export function rewriteHeaders(context: S3Context, request: Rewrite): Promise<WriteResult> {
  const { key, etag, headers, tags = [], size } = request;
  if (size <= largestCopy) return rewriteWhole(context, request);
  const source = `${context.bucket}/${encodeURIComponent(context.prefix + key)}`;
  const write = { key, headers, tags, condition: { kind: 'matches', etag } } as const;
  return copyInParts(context, { request: write, size, source, etag, partSize: largestCopy });
}

const rewriteWhole = (context: S3Context, request: Rewrite): Promise<WriteResult> =>
  writeConditionally(context, {
    ...{ action: 'PutObject', key: request.key, bytes: 0 },
    send: () => send(context, request),
    findOwn: () => findOwnCopy(context, request),
  });

async function send(context: S3Context, { key, etag, headers, tags }: Rewrite): Promise<WriteResult> {
  const { client, bucket: Bucket, prefix, owner } = context;
  const answer = await client.send(
    new CopyObjectCommand({
      Bucket,
      Key: prefix + key,
      ...owner,
      CopySource: `${Bucket}/${encodeURIComponent(prefix + key)}`,
      CopySourceIfMatch: `"${etag}"`,
      MetadataDirective: 'REPLACE',
      ...toFields(withTags(headers, tags)),
      ...conditionFields({ kind: 'matches', etag }),
    }),
  );
  return { kind: 'written', etag: unquote(answer.CopyObjectResult?.ETag), versionId: answer.VersionId ?? null };
}

/** A copy of an object of several parts has another ETag, so a second attempt finds the first one's copy there. */
async function findOwnCopy(context: S3Context, { key, sha256, headers }: Rewrite): Promise<WriteResult | undefined> {
  const head = await headObject(context, key);
  if (head?.sha256 !== sha256 || !equalHeaders(head.headers, headers)) return undefined;
  return { kind: 'written', etag: head.etag, versionId: head.versionId };
}
