import type { Asset } from '../../model/asset.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { announcedContent, announcedKeys, isAsRecorded, recordOf } from './recorded.ts';

/**
 * Objects to read back before planning, each with the content that it may hold: assets whose object stands in the bucket
 * without a record to vouch for it (another size is answer enough), and keys that the build no longer holds and a
 * killed run may have written, because only what cdnpub wrote is deleted.
 */
export function keysToReadBack(assets: readonly Asset[], snapshot: Snapshot): readonly Asset[] {
  const announced = announcedKeys(snapshot);
  const unvouched = assets.filter((asset) => {
    const remote = snapshot.objects.get(asset.key);
    if (remote === undefined || remote.size !== asset.size) return false;
    const entry = recordOf(snapshot, asset.key);
    return entry === undefined || announced.has(asset.key) || !isAsRecorded(entry, remote);
  });
  const built = new Set(assets.map(({ key }) => key));
  const leftBehind = [...announced.keys()]
    .filter((key) => !built.has(key))
    .map((key) => announcedAsset(key, snapshot, announced));
  return [...unvouched, ...leftBehind.filter((asset) => asset !== undefined)];
}

/** What a killed run may have written to a key, or written other headers to, as the asset that it was. */
function announcedAsset(
  key: string,
  snapshot: Snapshot,
  announced: ReturnType<typeof announcedKeys>,
): Asset | undefined {
  const remote = snapshot.objects.get(key);
  if (remote === undefined) return undefined;
  const entry = recordOf(snapshot, key);
  const isReheaded = entry?.etag === remote.etag && !isAsRecorded(entry, remote);
  const sha256 = isReheaded ? entry.sha256 : announcedContent(announced.get(key) ?? [], remote);
  return sha256 === undefined
    ? undefined
    : { key, source: key, size: remote.size, sha256, class: 'other', headers: {} };
}
