import { randomBytes } from 'node:crypto';
import { ServiceFault } from '../../service-fault.ts';
import type { WireRequest } from '../../wire.ts';
import { xmlDocument } from '../../xml.ts';
import { canonicalUser } from '../canonical-user.ts';
import { checkObjectAcl } from '../check-acl.ts';
import { algorithms, isChecksumAlgorithm } from '../checksums/algorithms.ts';
import { encryptionOf } from '../encryption.ts';
import type { Upload } from '../model.ts';
import { readObjectHeaders } from '../objects/object-headers.ts';
import { type BucketOperation, notImplemented, nowInSeconds, s3Namespace } from '../s3-context.ts';

/** CreateMultipartUpload: takes the object's headers now and its bytes later. */
export const createUpload: BucketOperation = (context) => {
  const { request, bucket, key, store, clock } = context;
  checkObjectAcl(context);
  const { headers, ...described } = readObjectHeaders(request);
  const encryption = encryptionOf(context);
  const checksum = checksumOf(request);
  const { caller } = request;
  const id = randomBytes(48).toString('base64url');
  const initiator = caller.kind === 'account' ? caller.arn : canonicalUser(bucket.settings.owner).ID;
  const initiated = nowInSeconds(clock);
  const object = { ...described, headers: { ...headers, ...encryption } };
  store.setUpload(bucket, { id, key, initiated, initiator, ...object, ...checksum, parts: {} });
  const told = checksum.isAlgorithmAsked
    ? { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.checksumType }
    : {};
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...encryption, ...told },
    body: xmlDocument('InitiateMultipartUploadResult', s3Namespace, {
      Bucket: bucket.settings.name,
      Key: key,
      UploadId: id,
    }),
  };
};

type UploadChecksum = Pick<Upload, 'algorithm' | 'checksumType' | 'isAlgorithmAsked'>;

/**
 * Algorithm and type ("Checking object integrity", S3 user guide): CRC64NVME covers the object only whole, the SHAs and
 * MD5 only part by part, CRC32 and CRC32C either way, part by part unless told otherwise.
 */
function checksumOf({ headers }: WireRequest): UploadChecksum {
  const asked = headers['x-amz-checksum-algorithm']?.toUpperCase();
  const type = headers['x-amz-checksum-type'];
  const algorithm = asked ?? 'CRC64NVME';
  if (!isChecksumAlgorithm(algorithm)) throw notImplemented();
  const canWhole = algorithms[algorithm].extend !== undefined;
  const usual = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
  const checksumType = type ?? usual;
  const isPossible =
    checksumType === 'COMPOSITE' ? algorithm !== 'CRC64NVME' : checksumType === 'FULL_OBJECT' && canWhole;
  if (!isPossible || (checksumType !== 'COMPOSITE' && checksumType !== 'FULL_OBJECT')) {
    const message = `The ${checksumType} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`;
    throw new ServiceFault(400, 'InvalidRequest', message);
  }
  return { algorithm, checksumType, isAlgorithmAsked: asked !== undefined };
}
