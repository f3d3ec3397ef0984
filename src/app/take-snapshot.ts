import type { Asset } from '../model/asset.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Manifest } from '../model/manifest.ts';
import type { ObjectStore } from '../model/ports.ts';
import type { SiteRecord } from '../model/site-record.ts';
import type { RemoteObject, Snapshot, Stored } from '../model/snapshot.ts';
import { channelKeys, siteRecordKey, stateFolder } from '../model/state-keys.ts';
import { raiseGeneration } from '../plan/infrastructure/raise-generation.ts';
import { keysToReadBack } from '../plan/objects/keys-to-read-back.ts';
import { listRanges } from '../plan/objects/list-ranges.ts';
import { decodeDocument } from '../plan/state/document-text.ts';
import { completedInvalidations } from './completed-invalidations.ts';
import { readAnnouncements } from './read-announcements.ts';
import { readBack } from './read-back.ts';
import { readManifest } from './read-manifest.ts';
import { type Lost, recoverManifest } from './recover-manifest.ts';
import type { SnapshotRequest } from './snapshot-request.ts';

/** Reads what is up there now: state folder, objects, distribution, and objects that no record vouches for. */
export async function takeSnapshot(request: SnapshotRequest): Promise<Snapshot> {
  const { wired, assets } = request;
  if (!wired.bucketExists) return emptySnapshot(request);
  const { store } = wired;
  const channel = channelKeys(wired.target.channel);
  const [site, manifest, listed] = await Promise.all([
    readSite(store),
    store.read(channel.manifest),
    listAll(store, assets),
  ]);
  const announcements = await readAnnouncements(store, listed, wired.target.channel);
  const found = await inspectSite(request, site);
  const objects = new Map(
    listed.filter(({ key }) => !key.startsWith(stateFolder)).map((object) => [object.key, object]),
  );
  const snapshot: Snapshot = {
    bucket: { kind: 'present', owned: site !== undefined || (await wired.bucket.isTagged()) },
    manifest: await lastFinished(request, manifest, { site, listed, announcements }),
    manifestEtag: manifest?.etag,
    locked: listed.some(({ key }) => key === channel.lock),
    completed: await completedInvalidations(wired.cdn, announcements, found.cdn?.resolved['distribution.id']),
    ...{ announcements, objects, readBack: new Map(), ...found },
  };
  return { ...snapshot, readBack: await readBack(request, keysToReadBack(assets, snapshot)) };
}

async function emptySnapshot(request: SnapshotRequest): Promise<Snapshot> {
  const nothing = {
    site: undefined,
    lostDistribution: null,
    manifest: undefined,
    manifestEtag: undefined,
    announcements: [],
    completed: new Set<string>(),
    locked: false,
  };
  const cdn = await inspectCdn(request, undefined);
  return { bucket: { kind: 'absent' }, ...nothing, objects: new Map(), readBack: new Map(), ...cdn, policy: [] };
}

/** The site's record and what stands before the bucket; a distribution that is gone is looked for under its next name. */
async function inspectSite(
  request: SnapshotRequest,
  site: Stored<SiteRecord> | undefined,
): Promise<Pick<Snapshot, 'site' | 'lostDistribution' | 'cdn' | 'policy' | 'closed'>> {
  const found = await inspectCdn(request, site?.value);
  const record = site === undefined ? undefined : raiseGeneration(site.value, found.cdn);
  if (site === undefined || record === undefined || record === site.value)
    return { ...found, site, lostDistribution: null };
  const lostDistribution = site.value.distribution?.id ?? null;
  return { ...(await inspectCdn(request, record)), site: { value: record, etag: site.etag }, lostDistribution };
}

async function inspectCdn(
  { wired, names }: SnapshotRequest,
  record: SiteRecord | undefined,
): Promise<Pick<Snapshot, 'cdn' | 'policy' | 'closed'>> {
  if (wired.cdn === undefined) return { cdn: undefined, policy: [], closed: true };
  const { manage, distribution: distributionId, bucket, prefix } = wired.target;
  if (manage === 'content') {
    const foreign = distributionId === null ? undefined : { distributionId, bucket, prefix };
    return { cdn: foreign && (await wired.cdn.inspectForeign(foreign)), policy: [], closed: true };
  }
  const [cdn, policy, closed] = await Promise.all([
    wired.cdn.inspect(names(record)),
    wired.bucketExists ? wired.bucket.readPolicy() : [],
    // An adopted bucket may be open for reasons of its owner; a new one is closed when it is made.
    record === undefined || record.adopted || wired.bucket.isClosed(),
  ]);
  return { cdn, policy, closed };
}

/** Every object of the site's folder; the ranges do not overlap, so neither do the answers. */
async function listAll(store: ObjectStore, assets: readonly Asset[]): Promise<readonly RemoteObject[]> {
  const ranges = listRanges(assets.map(({ key }) => key));
  return (await Promise.all(ranges.map((range) => store.list(range)))).flat();
}

async function readSite(store: ObjectStore): Promise<Stored<SiteRecord> | undefined> {
  const found = await store.read(siteRecordKey);
  if (found === undefined) return undefined;
  const value = decodeDocument<SiteRecord>(new TextDecoder().decode(found.bytes), 'the site record');
  if (value !== undefined) return { value, etag: found.etag };
  throw new CdnpubError('E_FOREIGN_BUCKET', {
    message: `${siteRecordKey} in the bucket is not a site record that cdnpub can read`,
    hints: ['--bucket NAME, or restore an earlier version of that object'],
  });
}

/** What the last finished deploy left; a site without a record has never finished one. */
async function lastFinished(
  { wired: { store, target } }: SnapshotRequest,
  found: { readonly bytes: Uint8Array } | undefined,
  { site, ...rest }: { readonly site: Stored<SiteRecord> | undefined } & Pick<Lost, 'listed' | 'announcements'>,
): Promise<Manifest | undefined> {
  const manifest = found && readManifest(found.bytes);
  if (manifest !== undefined || site === undefined) return manifest;
  return recoverManifest({ store, channel: target.channel, siteId: site.value.siteId, ...rest });
}
