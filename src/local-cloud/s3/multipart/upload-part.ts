import { createHash } from 'node:crypto';
import { ServiceFault } from '../../service-fault.ts';
import { xmlDocument } from '../../xml.ts';
import { checksumHeader, checksumOf } from '../checksums/algorithms.ts';
import { sentChecksum } from '../checksums/sent-checksum.ts';
import type { Part, Upload } from '../model.ts';
import { findCopySource } from '../objects/copy-source.ts';
import { checkTransfer } from '../objects/put-object.ts';
import { type BucketContext, type BucketOperation, nowInSeconds, s3Namespace } from '../s3-context.ts';
import { findUpload, readPartNumber } from './find-upload.ts';

/** UploadPart: replaces an earlier part of the number. */
export const uploadPart: BucketOperation = async (context) => {
  const upload = findUpload(context);
  checkTransfer(context.request);
  checkAlgorithm(context, upload);
  const part = await savePart(context, context.request.body);
  return {
    status: 200,
    headers: { etag: `"${part.etag}"`, ...partChecksum(upload, part), ...encryptionHeaders(upload) },
  };
};

/** UploadPartCopy: a part out of another object, whole or a range of it. */
export const uploadPartCopy: BucketOperation = async (context) => {
  const upload = findUpload(context);
  const { version, context: source } = findCopySource(context);
  const { begin, end } = copyRange(context.request.headers['x-amz-copy-source-range'], version.size);
  const part = await savePart(context, await source.store.readBody(version.segments, begin, end));
  const checksum = upload.isAlgorithmAsked ? { [`Checksum${upload.algorithm}`]: part.checksum } : {};
  const body = xmlDocument('CopyPartResult', s3Namespace, {
    LastModified: new Date(part.lastModified).toISOString(),
    ETag: `"${part.etag}"`,
    ...checksum,
  });
  return { status: 200, headers: { 'content-type': 'application/xml', ...encryptionHeaders(upload) }, body };
};

async function savePart(context: BucketContext, data: Buffer): Promise<Part> {
  const { bucket, store, clock } = context;
  const number = readPartNumber(context);
  const { algorithm } = findUpload(context);
  const etag = createHash('md5').update(data).digest('hex');
  const segment = await store.saveBody(data);
  const part = {
    number,
    etag,
    size: data.length,
    segment,
    checksum: checksumOf(algorithm, data),
    lastModified: nowInSeconds(clock),
  };
  try {
    // Looked up again: it may be aborted by now, or have got other parts.
    const upload = findUpload(context);
    store.setUpload(bucket, { ...upload, parts: { ...upload.parts, [number]: part } });
  } finally {
    store.release([segment]);
  }
  return part;
}

function checkAlgorithm({ request }: BucketContext, upload: Upload): void {
  const sent = sentChecksum(request)?.algorithm;
  if (!upload.isAlgorithmAsked || sent === upload.algorithm) return;
  if (sent === undefined && upload.checksumType === 'FULL_OBJECT') return;
  const [expected, actual] = [upload.algorithm.toLowerCase(), sent?.toLowerCase() ?? 'null'];
  const message = `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`;
  throw new ServiceFault(400, 'InvalidRequest', message);
}

function copyRange(header: string | undefined, size: number): { begin: number; end: number } {
  if (header === undefined) return { begin: 0, end: size };
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const [begin, end] = [Number(first), Number(last) + 1];
  if (first !== '' && begin < end && end <= size) return { begin, end };
  const details = { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header };
  const message = `Range specified is not valid for source object of size: ${size}`;
  throw new ServiceFault(400, 'InvalidArgument', message, { details });
}

function partChecksum(upload: Upload, part: Part): Readonly<Record<string, string>> {
  return upload.isAlgorithmAsked ? { [checksumHeader(upload.algorithm)]: part.checksum } : {};
}

function encryptionHeaders({ headers }: Upload): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-amz-server-side-encryption')),
  );
}
