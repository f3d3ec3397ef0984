import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from './crc32c.ts';
import { crc64nvme } from './crc64nvme.ts';

/** As S3 spells it in bodies and in `x-amz-sdk-checksum-algorithm`. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256' | 'SHA512' | 'MD5';

interface AlgorithmFacts {
  readonly digest: (data: Buffer) => Buffer;
  readonly bytes: number;
  /** Goes on from the checksum of what comes before: the CRCs alone can, so only they cover a multipart object whole. */
  readonly extend?: (before: Buffer, data: Buffer) => Buffer;
}

/** What S3 checks and stores ("Checking object integrity", S3 user guide), but for the XXHash family. */
export const algorithms: Readonly<Record<ChecksumAlgorithm, AlgorithmFacts>> = {
  CRC32: {
    digest: (data) => number32(crc32(data)),
    bytes: 4,
    extend: (before, data) => number32(crc32(data, before.readUInt32BE())),
  },
  CRC32C: {
    digest: (data) => number32(crc32c(data)),
    bytes: 4,
    extend: (before, data) => number32(crc32c(data, before.readUInt32BE())),
  },
  CRC64NVME: {
    digest: (data) => crc64nvme(data),
    bytes: 8,
    extend: (before, data) => crc64nvme(data, before),
  },
  SHA1: { digest: (data) => createHash('sha1').update(data).digest(), bytes: 20 },
  SHA256: { digest: (data) => createHash('sha256').update(data).digest(), bytes: 32 },
  SHA512: { digest: (data) => createHash('sha512').update(data).digest(), bytes: 64 },
  MD5: { digest: (data) => createHash('md5').update(data).digest(), bytes: 16 },
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
