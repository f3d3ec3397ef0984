import { CopyObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectStore, WriteResult } from '../../model/ports.ts';
import { equalHeaders } from '../../plan/objects/equal-headers.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { conditionFields } from './conditions.ts';
import { largestCopy } from './copy-in-parts.ts';
import { copyVersionInParts, versionSource } from './copy-version-in-parts.ts';
import { headObject } from './head-object.ts';
import type { S3Context } from './s3-context.ts';
import { unquote } from './unquote.ts';
import { writeConditionally } from './write-conditionally.ts';

type CopyRequest = Parameters<ObjectStore['copyVersion']>[0];

/** Makes an earlier version the current one: its bytes and headers become a new version. */
export const copyVersion = (context: S3Context, request: CopyRequest): Promise<WriteResult> =>
  request.size <= largestCopy ? copyWhole(context, request) : copyVersionInParts(context, request);

const copyWhole = (context: S3Context, request: CopyRequest): Promise<WriteResult> =>
  writeConditionally(context, {
    ...{ action: 'PutObject', key: request.key, bytes: 0 },
    send: () => send(context, request),
    findOwn: () => findOwnCopy(context, request),
  });

async function send(context: S3Context, request: CopyRequest): Promise<WriteResult> {
  const { client, bucket: Bucket, prefix, owner } = context;
  const { key, etag, headers, condition } = request;
  const location = headers['x-amz-website-redirect-location'];
  const command = new CopyObjectCommand({
    Bucket,
    Key: prefix + key,
    ...owner,
    CopySource: versionSource(context, request),
    CopySourceIfMatch: `"${etag}"`,
    MetadataDirective: 'COPY',
    // The one header that COPY leaves behind.
    ...(location === undefined ? {} : { WebsiteRedirectLocation: location }),
    ...conditionFields(condition),
  });
  try {
    const answer = await client.send(command);
    return { kind: 'written', etag: unquote(answer.CopyObjectResult?.ETag), versionId: answer.VersionId ?? null };
  } catch (error) {
    // It was there when the rollback was planned.
    if (awsErrorName(error).name === 'NoSuchVersion') return { kind: 'conflict' };
    throw error;
  }
}

/** A copy of an object of several parts has another ETag than its source; its SHA-256 is that of the whole. */
async function findOwnCopy(
  context: S3Context,
  { key, etag, sha256, headers }: CopyRequest,
): Promise<WriteResult | undefined> {
  const head = await headObject(context, key);
  if (head === undefined || !equalHeaders(head.headers, headers)) return undefined;
  if (head.etag !== etag && head.sha256 !== sha256) return undefined;
  return { kind: 'written', etag: head.etag, versionId: head.versionId };
}
