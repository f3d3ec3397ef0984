import type { Asset } from '../../model/asset.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { announcedKeys, isAsRecorded, recordOf } from './recorded.ts';

/**
 * Assets whose object stands in the bucket without a record to vouch for it, and may hold the same bytes: these are
 * read back before planning. Another size is answer enough.
 */
export function keysToReadBack(assets: readonly Asset[], snapshot: Snapshot): readonly Asset[] {
  const announced = announcedKeys(snapshot);
  return assets.filter((asset) => {
    const remote = snapshot.objects.get(asset.key);
    if (remote === undefined || remote.size !== asset.size) return false;
    const entry = recordOf(snapshot, asset.key);
    return entry === undefined || announced.has(asset.key) || !isAsRecorded(entry, remote);
  });
}
