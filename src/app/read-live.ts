import type { Manifest } from '../model/manifest.ts';
import type { SiteRecord } from '../model/site-record.ts';
import type { Stored } from '../model/snapshot.ts';
import { channelKeys, siteRecordKey } from '../model/state-keys.ts';
import { decodeDocument } from '../plan/state/document-text.ts';
import { notPublished } from './status.ts';
import { readManifest } from './take-snapshot.ts';
import type { Wired } from './wire.ts';

/** What is on record of a site that was published, without a look at its objects. */
export interface LiveState {
  readonly record: SiteRecord;
  /** undefined where there is none, or none that can be read. */
  readonly manifest: Stored<Manifest> | undefined;
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
  const value = found === undefined ? undefined : readManifest(found.bytes);
  return {
    record,
    manifest: found === undefined || value === undefined ? undefined : { value, etag: found.etag },
  };
}
