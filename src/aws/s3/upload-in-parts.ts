import { createHash } from 'node:crypto';
import { type CompletedPart, UploadPartCommand } from '@aws-sdk/client-s3';
import type { ObjectStore, WriteResult } from '../../model/ports.ts';
import { cutIntoParts, type Part } from './cut-into-parts.ts';
import { callS3, type S3Context } from './s3-context.ts';
import { type Upload, writeInParts } from './write-in-parts.ts';

type PutRequest = Parameters<ObjectStore['put']>[0];

/** Writes a large body in parts, some of which are held in memory at once. */
export const uploadInParts = (
  context: S3Context,
  request: PutRequest,
  { size, partSize }: { readonly size: number; readonly partSize: number },
): Promise<WriteResult> =>
  writeInParts(context, {
    request,
    size,
    open: () => cutIntoParts(request.body, { partSize, size }),
    send: sendPart,
  });

async function sendPart({ context, request, target }: Upload, { number, bytes }: Part): Promise<CompletedPart> {
  const ChecksumSHA256 = createHash('sha256').update(bytes).digest('base64');
  const part = { PartNumber: number, ChecksumSHA256 };
  const send = () => context.client.send(new UploadPartCommand({ ...target, ...part, Body: bytes }));
  const { ETag } = await callS3(context, 'PutObject', request.key, send, bytes.length);
  return { ...part, ETag };
}
