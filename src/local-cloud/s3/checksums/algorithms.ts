import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from './crc32c.ts';
import { crc64nvme } from './crc64nvme.ts';

/** As S3 spells it in bodies and in `x-amz-sdk-checksum-algorithm`. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256' | 'SHA512' | 'MD5';

interface AlgorithmFacts {
  readonly digest: (data: Buffer) => Buffer;
  readonly bytes: number;
  /** Whether parts can be joined to the checksum of the whole: so it is for the CRCs alone. */
  readonly isLinear: boolean;
}

/** What S3 checks and stores ("Checking object integrity", S3 user guide), but for the XXHash family. */
export const algorithms: Readonly<Record<ChecksumAlgorithm, AlgorithmFacts>> = {
  CRC32: { digest: (data) => number32(crc32(data)), bytes: 4, isLinear: true },
  CRC32C: { digest: (data) => number32(crc32c(data)), bytes: 4, isLinear: true },
  CRC64NVME: { digest: crc64nvme, bytes: 8, isLinear: true },
  SHA1: { digest: (data) => createHash('sha1').update(data).digest(), bytes: 20, isLinear: false },
  SHA256: { digest: (data) => createHash('sha256').update(data).digest(), bytes: 32, isLinear: false },
  SHA512: { digest: (data) => createHash('sha512').update(data).digest(), bytes: 64, isLinear: false },
  MD5: { digest: (data) => createHash('md5').update(data).digest(), bytes: 16, isLinear: false },
};

export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return Object.hasOwn(algorithms, name);
}

/** Base64 of the checksum. */
export function checksumOf(algorithm: ChecksumAlgorithm, data: Buffer): string {
  return algorithms[algorithm].digest(data).toString('base64');
}

/** `x-amz-checksum-sha256`, say. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
