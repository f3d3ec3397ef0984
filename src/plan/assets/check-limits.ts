import type { Asset } from '../../model/asset.ts';
import { byteLength } from '../../model/byte-length.ts';
import { CdnpubError } from '../../model/cdnpub-error.ts';

/** S3: a key has at most 1,024 bytes in UTF-8, and CopyObject takes at most 5 GB: so do new headers and rollbacks. */
const maxKeyBytes = 1_024;
const maxObjectBytes = 5 * 1_024 ** 3;

/** Refuses what S3 would refuse, before anything is written. Throws `E_DIR` naming the first such file. */
export function checkLimits(assets: readonly Asset[], prefix: string): void {
  const long = assets.find(
    ({ key }) => (prefix.length + key.length) * 3 > maxKeyBytes && byteLength(prefix + key) > maxKeyBytes,
  );
  if (long !== undefined) {
    throw new CdnpubError('E_DIR', {
      message: `${long.source} makes a key of ${byteLength(prefix + long.key)} bytes with the prefix ${prefix}; S3 takes ${maxKeyBytes}`,
      hints: ['shorten the name or the prefix, or leave the file out with "ignore"'],
    });
  }
  const large = assets.find(({ size }) => size > maxObjectBytes);
  if (large === undefined) return;
  throw new CdnpubError('E_DIR', {
    message: `${large.source} is larger than 5 GB, the most that S3 copies: its headers could not be changed, nor a release with it brought back`,
    hints: ['leave the file out with "ignore"'],
  });
}
