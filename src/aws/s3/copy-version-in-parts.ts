import type { ObjectStore, WriteResult } from '../../model/ports.ts';
import { copyInParts, largestCopy } from './copy-in-parts.ts';
import { readVersionHead } from './head-version.ts';
import type { S3Context } from './s3-context.ts';
import { fromFields, tagsFrom } from './stored-headers.ts';

type CopyRequest = Parameters<ObjectStore['copyVersion']>[0];

/** Makes an earlier version of a large object the current one. Only a whole copy takes headers and cache tags along. */
export async function copyVersionInParts(
  context: S3Context,
  request: CopyRequest,
  partSize = largestCopy,
): Promise<WriteResult> {
  const { key, versionId, etag, size, condition } = request;
  const head = await readVersionHead(context, key, versionId);
  // It was there when the rollback was planned.
  if (head === undefined) return { kind: 'conflict' };
  return copyInParts(context, {
    request: { key, headers: fromFields(head), tags: tagsFrom(head), condition },
    ...{ size, source: versionSource(context, request), etag, partSize },
  });
}

/** A version as CopyObject and UploadPartCopy take it. */
export const versionSource = (
  { bucket, prefix }: S3Context,
  { key, versionId }: Pick<CopyRequest, 'key' | 'versionId'>,
): string => `${bucket}/${encodeURIComponent(prefix + key)}?versionId=${encodeURIComponent(versionId)}`;
