import type { AnnouncedKey } from '../../model/announcement.ts';
import type { Asset, AssetClass } from '../../model/asset.ts';
import { compareKeys } from '../../model/compare-keys.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { ManifestEntry } from '../../model/manifest.ts';
import type { Change } from '../../model/plan.ts';
import type { ReadBack, RemoteObject, Snapshot } from '../../model/snapshot.ts';
import { describeHeaderChange } from './describe-header-change.ts';
import { equalHeaders } from './equal-headers.ts';
import { announcedKeys, isAsRecorded, isDoomed, recordOf } from './recorded.ts';

interface DiffInput {
  readonly assets: Inventory['assets'];
  readonly snapshot: Snapshot;
  readonly classOf: (key: string) => AssetClass;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** What must happen to each key so that the bucket holds the build; sorted as S3 lists keys. */
export function diffObjects(input: DiffInput): readonly Change[] {
  const announced = announcedKeys(input.snapshot);
  const buried = new Set(input.snapshot.manifest?.tombstones.map(({ key }) => key));
  const built = new Set(input.assets.map(({ key }) => key));
  const changes = input.assets.map((asset) =>
    diffAsset(asset, input.snapshot, { announced: announced.has(asset.key), buried: buried.has(asset.key) }),
  );
  const gone = publishedKeys(input.snapshot, announced).filter((key) => !built.has(key));
  for (const key of gone) changes.push(diffGone(key, input, announced.get(key) ?? []));
  return changes.sort((a, b) => compareKeys(keyOf(a), keyOf(b)));
}

/** The key that a change is about. */
export const keyOf = (change: Change): string => ('asset' in change ? change.asset.key : change.entry.key);

function publishedKeys(snapshot: Snapshot, announced: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set([...(snapshot.manifest?.entries.keys() ?? []), ...announced.keys()])];
}

/** What is known of a key besides its record: an unfinished run announced it; it is gone and may still be cached. */
interface Traces {
  readonly announced: boolean;
  readonly buried: boolean;
}

function diffAsset(asset: Asset, snapshot: Snapshot, traces: Traces): Change {
  const { announced } = traces;
  const remote = snapshot.objects.get(asset.key);
  const entry = recordOf(snapshot, asset.key);
  if (remote === undefined) return missing(asset, entry, traces);
  if (entry !== undefined && !announced && isAsRecorded(entry, remote)) return againstRecord(asset, entry);
  return againstReadBack({ asset, snapshot, remote, entry, announced });
}

function missing(asset: Asset, entry: ManifestEntry | undefined, { announced, buried }: Traces): Change {
  return {
    kind: 'add',
    asset,
    reason: entry === undefined ? 'new' : 'missing from the bucket',
    cachedBefore: entry !== undefined || announced || buried,
  };
}

function againstRecord(asset: Asset, entry: ManifestEntry): Change {
  const { etag } = entry;
  if (entry.sha256 !== asset.sha256) return { kind: 'change', asset, reason: 'content', etag, foreign: false };
  if (equalHeaders(entry.headers, asset.headers)) {
    const recorded = entry.retainedSince === null;
    return { kind: 'keep', asset, entry: { ...entry, retainedSince: null }, recorded };
  }
  const reason = describeHeaderChange(entry.headers, asset.headers);
  return { kind: 'headers', asset, reason, etag, foreign: false };
}

function againstReadBack(found: {
  readonly asset: Asset;
  readonly snapshot: Snapshot;
  readonly remote: RemoteObject;
  readonly entry: ManifestEntry | undefined;
  readonly announced: boolean;
}): Change {
  const { asset, snapshot, remote, entry, announced } = found;
  const { etag } = remote;
  const foreign = entry === undefined && !announced;
  const cause = foreign
    ? 'not published by cdnpub'
    : announced
      ? 'left by an unfinished deploy'
      : 'changed outside cdnpub';
  const back = snapshot.readBack.get(asset.key);
  if (back === undefined || !back.sameBytes) return { kind: 'change', asset, reason: cause, etag, foreign };
  if (!equalHeaders(back.headers, asset.headers)) {
    const reason = `${cause}, ${describeHeaderChange(back.headers, asset.headers)}`;
    return { kind: 'headers', asset, reason, etag, foreign };
  }
  return { kind: 'keep', asset, entry: entryOf(asset, remote, back.versionId), recorded: false };
}

function entryOf(asset: Asset, remote: RemoteObject, versionId: string | null): ManifestEntry {
  const { key, sha256, size, headers } = asset;
  const { etag, lastModified } = remote;
  return { key, sha256, size, etag, lastModified, versionId, headers, tags: [], retainedSince: null };
}

/** A key that cdnpub published and the build no longer holds. What somebody else wrote over it is theirs, and stays. */
function diffGone(key: string, input: DiffInput, announced: readonly AnnouncedKey[]): Change {
  const remote = input.snapshot.objects.get(key);
  if (remote === undefined) return { kind: 'forget', entry: { key }, reason: 'missing from the bucket' };
  const entry = recordOf(input.snapshot, key);
  const asRecorded = entry !== undefined && isAsRecorded(entry, remote);
  const isWrittenBack = entry?.etag === remote.etag || input.snapshot.readBack.get(key)?.sameBytes === true;
  const leftBehind = (announced.length > 0 && isWrittenBack) || isDoomed(announced, remote);
  if (!asRecorded && !leftBehind) return { kind: 'forget', entry: { key }, reason: 'changed outside cdnpub' };
  const kept = asRecorded ? entry : reheaded(entry, remote, input.snapshot.readBack.get(key));
  if (kept !== undefined && input.classOf(key) === 'fingerprinted') {
    const retainedSince = kept.retainedSince ?? input.now;
    return { kind: 'retain', entry: { ...kept, retainedSince }, fresh: kept.retainedSince === null };
  }
  return { kind: 'delete', entry: entry ?? announcedEntry(key, remote), etag: remote.etag, reason: 'removed' };
}

/** The record of an object to which a killed run gave other headers, brought up to date. */
function reheaded(
  entry: ManifestEntry | undefined,
  { etag, lastModified }: RemoteObject,
  back: ReadBack | undefined,
): ManifestEntry | undefined {
  if (entry?.etag !== etag || back?.sameBytes !== true) return undefined;
  const { headers, versionId } = back;
  return { ...entry, lastModified, headers, versionId, tags: [] };
}

function announcedEntry(key: string, remote: RemoteObject): ManifestEntry {
  const { size, etag, lastModified } = remote;
  return { key, sha256: '', size, etag, lastModified, versionId: null, headers: {}, tags: [], retainedSince: null };
}
