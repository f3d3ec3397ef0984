import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Manifest } from '../model/manifest.ts';
import type { ObjectStore } from '../model/ports.ts';
import type { Stored } from '../model/snapshot.ts';
import { channelKeys } from '../model/state-keys.ts';
import { unknownRelease } from '../plan/rollback/choose-release.ts';
import { readManifest } from './read-manifest.ts';

/** A kept release, or undefined where its object is gone. Throws `E_STALE` where it cannot be read. */
export async function findRelease(
  store: ObjectStore,
  channel: string,
  id: string,
): Promise<Stored<Manifest> | undefined> {
  const found = await store.read(channelKeys(channel).release(id));
  if (found === undefined) return undefined;
  const value = readManifest(found.bytes);
  if (value !== undefined) return { value, etag: found.etag };
  throw new CdnpubError('E_STALE', {
    message: `the record of release ${id} is garbled`,
    hints: ['cdnpub releases    shows the others', 'restore an earlier version of that object'],
    details: { release: id },
  });
}

/** A kept release. Throws `E_USAGE` where there is none of that id, `E_STALE` where it cannot be read. */
export async function readRelease(store: ObjectStore, channel: string, id: string): Promise<Manifest> {
  const found = await findRelease(store, channel, id);
  if (found === undefined) throw unknownRelease(id);
  return found.value;
}
