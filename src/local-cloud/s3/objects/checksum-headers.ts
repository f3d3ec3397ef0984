import { checksumHeader } from '../checksums/algorithms.ts';
import type { Checksum } from '../model.ts';

/** `x-amz-checksum-…` and its type, as replies carry them. */
export function checksumHeaders({ algorithm, value, type }: Checksum): Readonly<Record<string, string>> {
  return { [checksumHeader(algorithm)]: value, 'x-amz-checksum-type': type };
}

/** The same as elements of a body: `ChecksumSHA256` and `ChecksumType`. */
export function checksumElements({ algorithm, value, type }: Checksum): Readonly<Record<string, string>> {
  return { [`Checksum${algorithm}`]: value, ChecksumType: type };
}
