import type { Asset } from '../../src/model/asset.ts';
import type { ManifestEntry } from '../../src/model/manifest.ts';
import type { RemoteObject } from '../../src/model/snapshot.ts';

/** The record of a published asset: its ETag begins with its content's hash. */
export function makeEntry(asset: Asset, given: Partial<ManifestEntry> = {}): ManifestEntry {
  const { key, sha256, size, headers } = asset;
  const published = { etag: sha256.slice(0, 8), lastModified: 1_700_000_000, versionId: 'v1' };
  return { key, sha256, size, headers, ...published, tags: [], retainedSince: null, ...given };
}

/** The object as LIST tells of it, exactly as recorded unless something is given. */
export function makeObject(asset: Asset, given: Partial<RemoteObject> = {}): RemoteObject {
  const { key, size, etag, lastModified } = makeEntry(asset);
  return { key, size, etag, lastModified, ...given };
}
