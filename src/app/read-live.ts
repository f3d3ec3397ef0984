import type { Manifest } from '../model/manifest.ts';
import type { SiteRecord } from '../model/site-record.ts';
import { channelKeys, siteRecordKey, stateFolder } from '../model/state-keys.ts';
import { decodeDocument } from '../plan/state/document-text.ts';
import { readAnnouncements } from './read-announcements.ts';
import { readManifest } from './read-manifest.ts';
import { type Lost, recoverManifest } from './recover-manifest.ts';
import { notPublished } from './status.ts';
import type { Wired } from './wire.ts';

/** What is on record of a site that was published, without a look at its objects. */
export interface LiveState {
  readonly record: SiteRecord;
  /**
   * What the last finished deploy left, its manifest or what stands in for it; undefined where nothing can be read.
   * `etag` is that of the manifest's object as it is, readable or not.
   */
  readonly manifest: { readonly value: Manifest; readonly etag: string | undefined } | undefined;
}

/** Reads the site's record and its channel's manifest. Throws `E_CONFIG` where nothing was published. */
export async function readLive({ store, bucketExists, target }: Wired): Promise<LiveState> {
  if (!bucketExists) throw notPublished(target.bucket, target.site);
  const [site, found] = await Promise.all([
    store.read(siteRecordKey),
    store.read(channelKeys(target.channel).manifest),
  ]);
  const record =
    site === undefined
      ? undefined
      : decodeDocument<SiteRecord>(new TextDecoder().decode(site.bytes), 'the site record');
  if (record === undefined) throw notPublished(target.bucket, target.site);
  const { siteId } = record;
  const value = (found && readManifest(found.bytes)) ?? (await recover({ store, channel: target.channel, siteId }));
  return { record, manifest: value && { value, etag: found?.etag } };
}

async function recover(at: Pick<Lost, 'store' | 'channel' | 'siteId'>): Promise<Manifest | undefined> {
  const listed = await at.store.list({ after: stateFolder, through: `${stateFolder.slice(0, -1)}0` });
  const announcements = await readAnnouncements(at.store, listed, at.channel);
  return recoverManifest({ ...at, listed, announcements });
}
