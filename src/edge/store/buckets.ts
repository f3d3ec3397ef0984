import type { Digest } from '../../model/digest.ts';

/** CloudFront KeyValueStore: a value has at most 1 KB. */
export const maxValueBytes = 1_024;

/** Where a text belongs: `hash` picks the bucket, `rest` are the 32 bits after it. The function's text counts the same. */
export function placeOf(text: string, digest: Digest): { readonly hash: number; readonly rest: number } {
  const hex = digest(text);
  return { hash: Number.parseInt(hex.slice(0, 8), 16), rest: Number.parseInt(hex.slice(8, 16), 16) };
}

/** `p8/0f`: what is kept, how many bits tell the bucket, and which it is. */
export const bucketKey = (kind: 'p' | 'r', bits: number, bucket: number): string =>
  `${kind}${bits}/${bucket.toString(16)}`;

/** Into which bucket a hash falls. */
export const bucketOf = (hash: number, bits: number): number => (bits === 0 ? 0 : hash >>> (32 - bits));

/** More buckets than this would be more than a store of 5 MB can hold. */
const maxBits = 13;

/** How the last deploy left the store, and which part of the room must be used for that to stay so. */
export interface BucketsBefore {
  readonly bits: number | null;
  readonly least: number;
}

/**
 * How many bits tell the bucket: as many as in the last deploy, while all fits and enough of the room is used; else so
 * many that buckets are half full, with room to grow.
 */
export function bucketBits(
  entries: readonly { readonly hash: number; readonly size: number }[],
  { room, before }: { readonly room: number; readonly before: BucketsBefore },
): number {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  const kept = before.bits;
  if (kept !== null && (kept === 0 || total >= room * 2 ** kept * before.least) && fits(entries, kept, room))
    return kept;
  let bits = 0;
  while (bits < maxBits && (total > (room * 2 ** bits) / 2 || !fits(entries, bits, room))) bits++;
  return bits;
}

function fits(
  entries: readonly { readonly hash: number; readonly size: number }[],
  bits: number,
  room: number,
): boolean {
  const filled = new Array<number>(2 ** bits).fill(0);
  for (const { hash, size } of entries) {
    const bucket = bucketOf(hash, bits);
    filled[bucket] = (filled[bucket] ?? 0) + size;
  }
  return filled.every((size) => size <= room);
}
