import type { Announcement } from '../model/announcement.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Manifest } from '../model/manifest.ts';
import type { ObjectStore } from '../model/ports.ts';
import type { RemoteObject, Stored } from '../model/snapshot.ts';
import { channelKeys } from '../model/state-keys.ts';
import { isLater, type WrittenRecord } from '../plan/state/is-later.ts';
import { readManifest } from './read-manifest.ts';

export interface Lost {
  readonly store: ObjectStore;
  readonly channel: string;
  /** What the manifest was written for. */
  readonly siteId: string;
  /** Objects of the bucket, the channel's state among them. */
  readonly listed: readonly RemoteObject[];
  readonly announcements: readonly Stored<Announcement>[];
}

/**
 * What the last finished deploy left, where its manifest is gone or garbled: the newest version of the manifest that is
 * no longer the current one or the newest release, whichever is later by what they say. A version may be older than a
 * release, since a bucket may have stopped keeping versions. undefined where nothing can be read. Throws
 * `E_NEWER_STATE`.
 */
export async function recoverManifest(lost: Lost): Promise<Manifest | undefined> {
  let best = await newestVersion(lost);
  for (const object of finishedReleases(lost)) {
    // A release is finished, by S3's clock, before it is written: what is older than that cannot tell of a later one.
    if (best !== undefined && object.lastModified < best.manifest.finishedAt) break;
    const release = await readRecord(lost.store, object);
    if (release !== undefined && (best === undefined || isLater(release, best))) best = release;
  }
  return best?.manifest;
}

/** Those that were finished, the newest first: whoever died before he wrote the manifest left his announcement as it was. */
function finishedReleases({ listed, announcements, channel }: Lost): readonly RemoteObject[] {
  const { release, releases } = channelKeys(channel);
  const unfinished = new Set(
    announcements.filter(({ value }) => value.awaits.length === 0).map(({ value }) => release(value.release)),
  );
  return listed
    .filter(({ key }) => key.startsWith(releases) && !unfinished.has(key))
    .sort((a, b) => b.lastModified - a.lastModified);
}

/** One that was written for another site is of an earlier life of the bucket. */
async function newestVersion({ store, channel, siteId }: Lost): Promise<WrittenRecord | undefined> {
  const found = await store.readNoncurrent(channelKeys(channel).manifest).catch(orNothing);
  const manifest = found && readManifest(found.bytes);
  return manifest?.siteId === siteId ? { manifest, writtenAt: found?.lastModified ?? 0 } : undefined;
}

/** Versions take a permission of their own, and many stores have none: then the releases have to do. */
function orNothing(error: unknown): undefined {
  if (error instanceof CdnpubError && (error.code === 'E_PERMISSION' || error.code === 'E_SERVICE')) return undefined;
  throw error;
}

async function readRecord(store: ObjectStore, { key, lastModified }: RemoteObject): Promise<WrittenRecord | undefined> {
  const found = await store.read(key);
  const manifest = found && readManifest(found.bytes);
  return manifest && { manifest, writtenAt: lastModified };
}
