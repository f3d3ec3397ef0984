import { type CompletedPart, UploadPartCopyCommand } from '@aws-sdk/client-s3';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { WriteResult } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { callS3, type S3Context } from './s3-context.ts';
import { type Upload, type WriteInParts, writeInParts } from './write-in-parts.ts';

/**
 * What one request copies at most. S3 copies within a region at some 100 MB/s and more, and a request is cut after 30 s:
 * one that went on behind it might land when the lock is another's. Ours, with room to spare.
 */
export const largestCopy = 256 * 1_048_576;

export interface CopyInParts {
  readonly request: WriteInParts<unknown>['request'];
  /** Bytes of the object. */
  readonly size: number;
  /** As CopyObject takes it: `bucket/key`, encoded, with the version where one is meant. */
  readonly source: string;
  /** ETag of the source. */
  readonly etag: string;
  /** Bytes of each part, but for the last one. */
  readonly partSize: number;
}

interface Range {
  /** From 1. */
  readonly number: number;
  /** Both inclusive. */
  readonly first: number;
  readonly last: number;
}

/** Copies a large object in parts within S3; the condition counts at the end, in one moment. */
export async function copyInParts(context: S3Context, copy: CopyInParts): Promise<WriteResult> {
  const { request, size } = copy;
  try {
    return await writeInParts(context, {
      ...{ request, size, open: () => cutIntoRanges(copy) },
      send: (upload, range) => copyPart(upload, copy, range),
    });
  } catch (error) {
    const { name } = awsErrorName(error instanceof CdnpubError ? error.cause : undefined);
    // The source is not what the plan saw.
    if (['PreconditionFailed', 'NoSuchKey', 'NoSuchVersion'].includes(name)) return { kind: 'conflict' };
    throw error;
  }
}

async function* cutIntoRanges({ size, partSize }: CopyInParts): AsyncGenerator<Range, void, void> {
  for (let first = 0; first < size; first += partSize)
    yield { number: first / partSize + 1, first, last: Math.min(first + partSize, size) - 1 };
}

async function copyPart(
  { context, request, target }: Upload,
  { source, etag }: CopyInParts,
  { number, first, last }: Range,
): Promise<CompletedPart> {
  const command = new UploadPartCopyCommand({
    ...target,
    PartNumber: number,
    CopySource: source,
    CopySourceIfMatch: `"${etag}"`,
    CopySourceRange: `bytes=${first}-${last}`,
  });
  const { CopyPartResult: copied } = await callS3(context, 'PutObject', request.key, () =>
    context.client.send(command),
  );
  return { PartNumber: number, ETag: copied?.ETag, ChecksumSHA256: copied?.ChecksumSHA256 };
}
