import { canonicalPath } from '../../edge/canonical-path.ts';
import type { AssetClass } from '../../model/asset.ts';

/** What an object's class is called in a tag. Entry pages are pages: what changes all of them changes these too. */
const classNames = {
  entry: 'page',
  page: 'page',
  pointer: 'pointer',
  fingerprinted: 'fingerprinted',
  other: 'other',
} as const satisfies Record<AssetClass, string>;

/** The tag that all objects of a class share. */
const classTag = (assetClass: AssetClass): string => `c:${classNames[assetClass]}`;

/** Every class tag there is. */
export const classTags: readonly string[] = [...new Set(Object.values(classNames))].map((name) => `c:${name}`);

/** The tag that the objects directly in a folder carry; the folder is a canonical path that ends in `/`. */
export const folderTag = (folder: string): string => `d:${folder}`;

/** CloudFront: a tag has at most 256 characters. Longer ones are left out; their objects have paths. */
const mostCharacters = 256;

/**
 * The cache tags stored with an object: its key's, its folder's, its class's. Canonical paths hold none of the characters
 * that a tag must not.
 */
export function objectTags(key: string, assetClass: AssetClass): readonly string[] {
  const path = canonicalPath(key);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return [`k:${path}`, folderTag(folder), classTag(assetClass)].filter((tag) => tag.length <= mostCharacters);
}
