import { createHash, randomBytes } from 'node:crypto';
import { ServiceFault } from '../../service-fault.ts';
import type { WireRequest } from '../../wire.ts';
import { checkObjectAcl } from '../check-acl.ts';
import { type ChecksumAlgorithm, checksumOf } from '../checksums/algorithms.ts';
import { sentChecksum } from '../checksums/sent-checksum.ts';
import { encryptionOf } from '../encryption.ts';
import type { Checksum } from '../model.ts';
import { type BucketOperation, notImplemented } from '../s3-context.ts';
import { checksumHeaders } from './checksum-headers.ts';
import { commitObject } from './commit-version.ts';
import { versionHeader } from './find-version.ts';
import { readObjectHeaders } from './object-headers.ts';
import { checkWrite, writeConditionsOf } from './write-conditions.ts';

/** PutObject. The conditions are judged when the bytes are in, in one breath with the write. */
export const putObject: BucketOperation = async (context) => {
  const { request, bucket, store } = context;
  checkTransfer(request);
  checkObjectAcl(context);
  const { headers, ...described } = readObjectHeaders(request);
  const encryption = encryptionOf(context);
  const checksum = checksumFor(request);
  const segment = await store.saveBody(request.body);
  try {
    checkWrite(context, writeConditionsOf(request.headers));
    const version = commitObject(context, {
      ...described,
      headers: { ...headers, ...encryption },
      etag: etagOf(request.body, encryption),
      size: request.body.length,
      segments: [segment],
      checksum,
    });
    const answer = { etag: `"${version.etag}"`, ...encryption, ...checksumHeaders(checksum) };
    return { status: 200, headers: { ...answer, ...versionHeader(bucket, version) } };
  } finally {
    store.release([segment]);
  }
};

/** MD5 of the bytes; under KMS no digest of anything ("Object" in the S3 API reference). */
export function etagOf(body: Buffer, encryption: Readonly<Record<string, string>>): string {
  if (encryption['x-amz-server-side-encryption'] !== 'AES256') return randomBytes(16).toString('hex');
  return createHash('md5').update(body).digest('hex');
}

/** The checksum stored with a PUT: the one that was sent and is verified by now, else CRC64NVME as S3 adds it. */
function checksumFor(request: WireRequest): Checksum {
  const sent = sentChecksum(request);
  const algorithm: ChecksumAlgorithm = sent?.algorithm ?? 'CRC64NVME';
  return { algorithm, value: sent?.value ?? checksumOf(algorithm, request.body), type: 'FULL_OBJECT' };
}

/** S3 user guide: 5 GB in one PUT. */
const singlePutLimit = 5 * 1024 ** 3;

export function checkTransfer({ headers, body }: WireRequest): void {
  if (headers['transfer-encoding'] !== undefined && headers['x-amz-decoded-content-length'] === undefined) {
    throw new ServiceFault(501, 'NotImplemented', notImplemented().message, {
      details: { Header: 'Transfer-Encoding' },
    });
  }
  if (body.length > singlePutLimit) {
    throw new ServiceFault(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
}
