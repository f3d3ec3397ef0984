import { byteLength } from '../../model/byte-length.ts';
import type { StoreLoad } from '../../model/infrastructure.ts';
import { storeImportKey } from '../../model/state-keys.ts';
import type { Target } from '../../model/target.ts';

/** Ours: fewer keys are written sooner than a file is put up, read by CloudFront and deleted again. */
const fewKeys = 1_000;

/** "File size – 5 MB" (CloudFront developer guide, "File format for key-value pairs"), with room to spare. */
const maxFileBytes = 5_000_000;

/**
 * What a new store is made with, instead of being written to 50 keys at a time; null where that is not worth it. What the
 * file has no room for is written afterwards. Only `puts` are given: a secret is never in a file.
 */
export function firstLoad(puts: Readonly<Record<string, string>>, target: Target): StoreLoad | null {
  const all = Object.entries(puts);
  if (all.length <= fewKeys) return null;
  let bytes = byteLength(importText({}));
  const keys = all.filter((entry) => {
    bytes += byteLength(JSON.stringify(pairOf(entry))) + 1;
    return bytes <= maxFileBytes;
  });
  const { partition, bucket, prefix } = target;
  return {
    source: `arn:${partition}:s3:::${bucket}/${prefix}${storeImportKey}`,
    keys: Object.fromEntries(keys),
  };
}

/** The file that CloudFront imports. */
export const importText = (keys: StoreLoad['keys']): string =>
  JSON.stringify({ data: Object.entries(keys).map(pairOf) });

const pairOf = ([key, value]: readonly [string, string]) => ({ key, value });
