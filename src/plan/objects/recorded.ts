import type { ManifestEntry } from '../../model/manifest.ts';
import type { RemoteObject, Snapshot } from '../../model/snapshot.ts';

/** The record of a key, or undefined where there is none that can be trusted. */
export function recordOf(snapshot: Snapshot, key: string): ManifestEntry | undefined {
  return snapshot.manifest?.entries.get(key);
}

/** Keys that an unfinished run announced: whatever their ETag says, they are unknown until they are read back. */
export function announcedKeys(snapshot: Snapshot): ReadonlySet<string> {
  return new Set(snapshot.announcements.flatMap(({ value }) => value.keys.map(({ key }) => key)));
}

/** Whether an object is what the record says: ETag, LastModified and size, so that multipart and KMS objects count too. */
export function isAsRecorded(entry: ManifestEntry, remote: RemoteObject): boolean {
  return entry.etag === remote.etag && entry.lastModified === remote.lastModified && entry.size === remote.size;
}
