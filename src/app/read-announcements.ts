import type { Announcement } from '../model/announcement.ts';
import type { ObjectStore } from '../model/ports.ts';
import type { RemoteObject, Stored } from '../model/snapshot.ts';
import { channelKeys } from '../model/state-keys.ts';
import { decodeDocument } from '../plan/state/document-text.ts';

/**
 * The announcements of a channel among objects that were listed; one that is garbled tells nothing. Throws
 * `E_NEWER_STATE`.
 */
export async function readAnnouncements(
  store: ObjectStore,
  listed: readonly RemoteObject[],
  channel: string,
): Promise<readonly Stored<Announcement>[]> {
  const folder = channelKeys(channel).announcements;
  const keys = listed.map(({ key }) => key).filter((key) => key.startsWith(folder));
  const found = await Promise.all(keys.map((key) => readAnnouncement(store, key)));
  return found.filter((announcement) => announcement !== undefined);
}

async function readAnnouncement(store: ObjectStore, key: string): Promise<Stored<Announcement> | undefined> {
  const found = await store.read(key);
  if (found === undefined) return undefined;
  const value = decodeDocument<Announcement>(new TextDecoder().decode(found.bytes), key);
  // The field is younger than the document.
  return value && { value: { ...value, awaits: value.awaits ?? [] }, etag: found.etag };
}
