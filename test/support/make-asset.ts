import type { Asset } from '../../src/model/asset.ts';
import { describeAssets } from '../../src/plan/assets/describe-assets.ts';
import { digest } from './digest.ts';
import { makeSettings } from './make-settings.ts';

/** A file of the build with this text; class and headers are what a deploy gives it, unless they are given here. */
export function makeAsset(key: string, text = key, given: Partial<Asset> = {}): Asset {
  const file = { key, source: key, size: Buffer.byteLength(text), sha256: digest(text) };
  const [asset] = describeAssets({ files: [file], settings: makeSettings(), statements: [] });
  if (asset === undefined) throw new Error('one file makes one asset');
  return { ...asset, ...given };
}
