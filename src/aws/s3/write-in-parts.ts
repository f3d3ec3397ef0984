import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
} from '@aws-sdk/client-s3';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { ObjectStore, WriteResult } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { withTags } from './cache-tags.ts';
import { conditionFields } from './conditions.ts';
import { findOwnWrite } from './find-own-write.ts';
import { callS3, type S3Context } from './s3-context.ts';
import { toFields } from './stored-headers.ts';
import { unquote } from './unquote.ts';
import { writeConditionally } from './write-conditionally.ts';

/** What is written in parts, wherever they come from. */
export interface WriteInParts<T> {
  readonly request: Omit<Parameters<ObjectStore['put']>[0], 'body' | 'sha256'>;
  /** Bytes of the whole. */
  readonly size: number;
  /** The parts from the first on, read no further than is asked for; opened anew for each attempt. */
  readonly open: () => AsyncGenerator<T, void, void>;
  /** Sends one, and tells its SHA-256. */
  readonly send: (upload: Upload, part: T) => Promise<CompletedPart>;
}

export interface Upload {
  readonly context: S3Context;
  readonly request: WriteInParts<unknown>['request'];
  readonly size: number;
  readonly target: {
    readonly Bucket: string;
    readonly Key: string;
    readonly ExpectedBucketOwner?: string;
    readonly UploadId: string;
  };
}

/** Parts of one object on their way at once. */
const partsAtOnce = 4;

/**
 * Writes a large object in parts, each verified by S3 by its SHA-256; its checksum is then the SHA-256 of theirs. The
 * condition counts at the end: until then nobody sees anything. An upload that fails is aborted, as far as it can be.
 */
export async function writeInParts<T>(context: S3Context, write: WriteInParts<T>): Promise<WriteResult> {
  const first = await writeOnce(context, write);
  // S3 (CompleteMultipartUpload, If-Match): after a 409 the upload is to be begun anew; who truly lost finds a 412 then.
  const { result } = first.raced && first.result.kind === 'conflict' ? await writeOnce(context, write) : first;
  return result;
}

/** What an upload came to, and whether it met another's write at its end. */
interface Completed {
  readonly result: WriteResult;
  readonly raced: boolean;
}

async function writeOnce<T>(context: S3Context, write: WriteInParts<T>): Promise<Completed> {
  const upload = await begin(context, write);
  try {
    const parts = await sendParts(upload, write);
    const completed = await complete(upload, parts);
    if (completed.result.kind === 'conflict') await abort(upload);
    return completed;
  } catch (error) {
    await abort(upload);
    throw error;
  }
}

async function begin(
  context: S3Context,
  { request, size }: Pick<WriteInParts<unknown>, 'request' | 'size'>,
): Promise<Upload> {
  const { client, bucket: Bucket, prefix, owner } = context;
  const object = { Bucket, Key: prefix + request.key, ...owner };
  const { UploadId } = await callS3(context, 'PutObject', request.key, () =>
    client.send(
      new CreateMultipartUploadCommand({
        ...object,
        ChecksumAlgorithm: 'SHA256',
        ...toFields(withTags(request.headers, request.tags)),
      }),
    ),
  );
  if (UploadId === undefined) throw new Error('S3 began an upload without an id');
  return { context, request, size, target: { ...object, UploadId } };
}

/** Sends the parts as they are read, some at once. After a failure none is begun; those on their way are waited for. */
async function sendParts<T>(upload: Upload, { open, send }: WriteInParts<T>): Promise<readonly CompletedPart[]> {
  const parts = open();
  const sent: CompletedPart[] = [];
  const errors: unknown[] = [];
  const worker = async () => {
    for (;;) {
      const next = errors.length > 0 ? undefined : await parts.next();
      if (next === undefined || next.done === true) return;
      sent.push(await send(upload, next.value));
    }
  };
  const workers = Array.from({ length: partsAtOnce }, () => worker().catch((error: unknown) => errors.push(error)));
  await Promise.all(workers);
  await parts.return(undefined);
  if (errors.length > 0) throw errors[0];
  return sent.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
}

async function complete(
  { context, request, size, target }: Upload,
  parts: readonly CompletedPart[],
): Promise<Completed> {
  let raced = false;
  const { key, headers, condition } = request;
  const command = new CompleteMultipartUploadCommand({
    ...target,
    MultipartUpload: { Parts: [...parts] },
    MpuObjectSize: size,
    ...conditionFields(condition),
  });
  const result = await writeConditionally(context, {
    ...{ action: 'PutObject', key, bytes: 0 },
    async send() {
      const answer = await context.client.send(command).catch((error: unknown) => {
        raced ||= awsErrorName(error).name === 'ConditionalRequestConflict';
        throw error;
      });
      return { kind: 'written', etag: unquote(answer.ETag), versionId: answer.VersionId ?? null };
    },
    findOwn: () => findOwnWrite(context, { key, checksum: checksumOfParts(parts), headers }),
  });
  return { result, raced };
}

/** The SHA-256 of the parts' own, and their number: what S3 calls COMPOSITE. */
function checksumOfParts(parts: readonly CompletedPart[]): string {
  const digest = createHash('sha256');
  for (const { ChecksumSHA256 = '' } of parts) digest.update(Buffer.from(ChecksumSHA256, 'base64'));
  return `${digest.digest('base64')}-${parts.length}`;
}

/** What cannot be aborted, the bucket's lifecycle removes after a week. */
async function abort({ context, request, target }: Upload): Promise<void> {
  try {
    await callS3(context, 'AbortMultipartUpload', request.key, () =>
      context.client.send(new AbortMultipartUploadCommand(target)),
    );
  } catch (error) {
    if (!(error instanceof CdnpubError)) throw error;
  }
}
