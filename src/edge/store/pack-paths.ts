import type { Digest } from '../../model/digest.ts';
import type { PathKind } from '../site-shape.ts';
import { type BucketsBefore, bucketBits, bucketKey, bucketOf, maxValueBytes, placeOf } from './buckets.ts';

export interface PackedPaths {
  /** 2 to the power of this many buckets. */
  readonly bits: number;
  readonly store: ReadonlyMap<string, string>;
  /** Paths whose fingerprint is that of an earlier one: the function's text must know them. */
  readonly collided: readonly (readonly [string, PathKind])[];
}

/** A fingerprint and a kind. */
const entryBytes = 5;
const perBucket = Math.floor((maxValueBytes - 1) / entryBytes);

/**
 * The path index: for each path a fingerprint of 27 bits and the 3 bits of its kind, packed into buckets by its digest. An
 * unknown path is taken for a known one with a chance of 200 in 2^27. A change to one
 * path rewrites one bucket.
 */
export function packPaths(options: {
  readonly kinds: ReadonlyMap<string, PathKind>;
  readonly digest: Digest;
  readonly before: BucketsBefore;
}): PackedPaths {
  const placed = [...options.kinds]
    .filter(([, kind]) => kind > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, kind]) => ({ path, kind, ...placeOf(path, options.digest) }));
  const bits = bucketBits(
    placed.map(({ hash }) => ({ hash, size: 1 })),
    { room: perBucket, before: options.before },
  );
  const buckets = Array.from({ length: 2 ** bits }, () => new Map<string, string>());
  const collided: (readonly [string, PathKind])[] = [];
  for (const { path, kind, hash, rest } of placed) {
    const bucket = buckets[bucketOf(hash, bits)];
    const print = rest >>> 5;
    const name = String(print);
    if (bucket?.has(name)) collided.push([path, kind]);
    else bucket?.set(name, entry(print, kind));
  }
  const store = buckets.map((bucket, i): [string, string] => [
    bucketKey('p', bits, i),
    `.${[...bucket.values()].sort().join('')}`,
  ]);
  return { bits, store: new Map(store), collided };
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Thirty bits, six a character: the fingerprint, then the kind. */
function entry(print: number, kind: PathKind): string {
  const all = print * 8 + kind;
  return [24, 18, 12, 6, 0].map((shift) => digits[Math.floor(all / 2 ** shift) % 64]).join('');
}
