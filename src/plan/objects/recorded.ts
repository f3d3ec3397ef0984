import type { AnnouncedKey } from '../../model/announcement.ts';
import type { ManifestEntry } from '../../model/manifest.ts';
import type { RemoteObject, Snapshot } from '../../model/snapshot.ts';

/** The record of a key, or undefined where there is none that can be trusted. */
export function recordOf(snapshot: Snapshot, key: string): ManifestEntry | undefined {
  return snapshot.manifest?.entries.get(key);
}

/**
 * What unfinished runs announced, by key, the latest run first. Whatever their ETag says, these keys are unknown until
 * they are read back.
 */
export function announcedKeys({ announcements }: Snapshot): ReadonlyMap<string, readonly AnnouncedKey[]> {
  const byKey = new Map<string, AnnouncedKey[]>();
  for (const { value } of announcements.toSorted((a, b) => b.value.startedAt - a.value.startedAt)) {
    for (const announced of value.keys) byKey.set(announced.key, [...(byKey.get(announced.key) ?? []), announced]);
  }
  return byKey;
}

/**
 * SHA-256 of what a killed run wrote to a key, if one did: only a run that saw another object there than stands there
 * now can have written this one. undefined where no run can; then it is somebody else's.
 */
export function announcedContent(announced: readonly AnnouncedKey[], remote: RemoteObject): string | undefined {
  return announced.find(({ etag }) => etag !== remote.etag)?.sha256 ?? undefined;
}

/**
 * Whether an object stands as a run saw it that was about to delete it: it judged it to be cdnpub's, though no manifest
 * need have told of it, and died before the delete or left it to the next run.
 */
export const isDoomed = (announced: readonly AnnouncedKey[], remote: RemoteObject): boolean =>
  announced.some(({ action, etag }) => action === 'delete' && etag === remote.etag);

/** Whether an object is what the record says: ETag, LastModified and size, so that multipart and KMS objects count too. */
export function isAsRecorded(entry: ManifestEntry, remote: RemoteObject): boolean {
  return entry.etag === remote.etag && entry.lastModified === remote.lastModified && entry.size === remote.size;
}
