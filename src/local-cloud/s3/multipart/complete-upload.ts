import { createHash, randomBytes } from 'node:crypto';
import { ServiceFault } from '../../service-fault.ts';
import { xmlDocument } from '../../xml.ts';
import { algorithms, checksumHeader } from '../checksums/algorithms.ts';
import type { Checksum, Part, Upload } from '../model.ts';
import { checksumElements } from '../objects/checksum-headers.ts';
import { commitObject } from '../objects/commit-version.ts';
import { versionHeader } from '../objects/find-version.ts';
import { checkWrite, writeConditionsOf } from '../objects/write-conditions.ts';
import { type BucketContext, type BucketOperation, s3Namespace } from '../s3-context.ts';
import { chooseParts } from './choose-parts.ts';
import { findUpload } from './find-upload.ts';

/** CompleteMultipartUpload: makes the object out of the parts that the body names. */
export const completeUpload: BucketOperation = async (context) => {
  const { request, bucket, key, store } = context;
  const upload = findUpload(context);
  const parts = chooseParts(context, upload);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  checkSize(context, size);
  const checksum = await checksumOf(context, upload, parts);
  checkStated(context, checksum);
  // The parts were read meanwhile: the upload may be gone, or completed by another request.
  if (findUpload(context) !== upload) return completeUpload(context);
  checkWrite(context, writeConditionsOf(request.headers));
  const { headers, metadata, tags } = upload;
  const version = commitObject(context, {
    headers,
    metadata,
    tags,
    size,
    checksum,
    etag: etagOf(parts, headers),
    segments: parts.map((part) => part.segment),
    parts: parts.map((part) => ({ size: part.size, ...(upload.isAlgorithmAsked ? { checksum: part.checksum } : {}) })),
  });
  store.removeUpload(bucket, upload.id);
  const body = xmlDocument('CompleteMultipartUploadResult', s3Namespace, {
    Location: `http://${request.host}${request.rawPath}`,
    Bucket: bucket.settings.name,
    Key: key,
    ETag: `"${version.etag}"`,
    ...checksumElements(checksum),
  });
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...encryption(headers), ...versionHeader(bucket, version) },
    body,
  };
};

/** The MD5 of the parts' MD5s and their number; under KMS no digest of anything. */
function etagOf(parts: readonly Part[], headers: Readonly<Record<string, string>>): string {
  const md5s = Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')));
  const isPlain = headers['x-amz-server-side-encryption'] === 'AES256';
  const hash = isPlain ? createHash('md5').update(md5s).digest('hex') : randomBytes(16).toString('hex');
  return `${hash}-${parts.length}`;
}

/** Of the whole, part after part, or of the parts' checksums and their number. */
async function checksumOf({ store }: BucketContext, upload: Upload, parts: readonly Part[]): Promise<Checksum> {
  const { algorithm, checksumType: type } = upload;
  const facts = algorithms[algorithm];
  if (type === 'COMPOSITE' || facts.extend === undefined) {
    const sums = Buffer.concat(parts.map((part) => Buffer.from(part.checksum, 'base64')));
    return { algorithm, type, value: `${facts.digest(sums).toString('base64')}-${parts.length}` };
  }
  const segments = parts.map((part) => part.segment);
  let sum: Buffer = Buffer.alloc(facts.bytes);
  // The upload may be aborted while its parts are read.
  store.hold(segments);
  try {
    for (const segment of segments) sum = facts.extend(sum, await store.readBody([segment], 0, segment.size));
  } finally {
    store.release(segments);
  }
  return { algorithm, type, value: sum.toString('base64') };
}

/** Holds the object against the checksum and type that the request states. */
function checkStated({ request }: BucketContext, checksum: Checksum): void {
  const type = request.headers['x-amz-checksum-type'];
  if (type !== undefined && type !== checksum.type) {
    const message = `The upload was created using the ${checksum.type} checksum mode. The complete request must use the same checksum mode.`;
    throw new ServiceFault(400, 'InvalidRequest', message);
  }
  const stated = request.headers[checksumHeader(checksum.algorithm)];
  const bare = checksum.value.replace(/-\d+$/, '');
  if (stated === undefined || stated === checksum.value || stated === bare) return;
  const message = `The ${checksum.algorithm} you specified did not match the calculated checksum.`;
  throw new ServiceFault(400, 'BadDigest', message);
}

function checkSize({ request }: BucketContext, size: number): void {
  const stated = request.headers['x-amz-mp-object-size'];
  if (stated === undefined || Number(stated) === size) return;
  const message = `The provided 'x-amz-mp-object-size' header does not match what was computed: ${size}`;
  throw new ServiceFault(400, 'InvalidRequest', message);
}

function encryption(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-amz-server-side-encryption')),
  );
}
