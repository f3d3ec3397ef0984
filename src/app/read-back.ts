import { forEachLimited } from '../apply/for-each-limited.ts';
import type { Asset } from '../model/asset.ts';
import type { ReadBack } from '../model/snapshot.ts';
import type { SnapshotRequest } from './snapshot-request.ts';

/** Asks about objects that no record vouches for: whether they hold the build's bytes, and with which headers. */
export async function readBack(
  { wired, md5, concurrency }: Pick<SnapshotRequest, 'wired' | 'md5' | 'concurrency'>,
  assets: readonly Asset[],
): Promise<ReadonlyMap<string, ReadBack>> {
  const found = new Map<string, ReadBack>();
  await forEachLimited(assets, concurrency, async (asset) => {
    const head = await wired.store.head(asset.key);
    if (head === undefined) return;
    // An MD5 ETag is proof; another ETag proves nothing, and the object is written again.
    const sameBytes = head.sha256 === null ? head.etag === (await md5(asset)) : head.sha256 === asset.sha256;
    found.set(asset.key, { sameBytes, headers: head.headers, versionId: head.versionId });
  });
  return found;
}
