import { isReleased } from '../../model/asset.ts';
import {
  type Manifest,
  type ManifestEntry,
  type RunIdentity,
  stateSchema,
  type Tombstone,
} from '../../model/manifest.ts';
import type { Change, Plan } from '../../model/plan.ts';
import { objectTags } from '../assets/object-tags.ts';
import { keyOf } from '../objects/diff-objects.ts';
import { edgeLifetimeSeconds } from '../retention/edge-lifetime.ts';
import { releaseHead } from '../rollback/release-head.ts';
import { newestRuns } from './newest-runs.ts';

/** What a write left behind, with the LastModified that LIST told afterwards. */
export interface WrittenObject {
  readonly etag: string;
  readonly versionId: string | null;
  /** Seconds since the epoch. */
  readonly lastModified: number;
}

interface NextInput {
  readonly plan: Plan;
  readonly previous: Manifest | undefined;
  readonly written: ReadonlyMap<string, WrittenObject>;
  /** Keys that are as the previous manifest has them: their change is left to the next run. */
  readonly deferred: ReadonlySet<string>;
  /** Whether rules that this deploy drops still run, because its late part is left. */
  readonly leavesLate: boolean;
  /** ETag that the store was left at, or undefined where nobody looked at it. */
  readonly storeEtag: string | undefined;
  readonly run: RunIdentity;
  /** Seconds since the epoch. */
  readonly now: number;
  /** How many releases are kept. */
  readonly releases: number;
}

/** The manifest that makes a deploy true: what every key holds now. */
export function nextManifest(input: NextInput): Manifest {
  const { plan, previous, deferred, run, now, releases } = input;
  const found = plan.changes.map((change) => entryOf(change, input)).filter((entry) => entry !== undefined);
  const entries = new Map(found.map((entry) => [entry.key, entry]));
  if (!plan.makesRelease && previous !== undefined) return { ...previous, entries, store: nextStore(input) };
  const kept = [plan.release, ...(previous?.releases ?? [])].slice(0, releases);
  const manifest: Manifest = {
    schema: stateSchema,
    siteId: plan.siteId,
    channel: plan.target.channel,
    release: plan.release,
    previousRelease: plan.previousRelease,
    finishedAt: now,
    run,
    entries,
    tombstones: tombstones(plan, previous, { deferred, now }),
    releases: kept,
    history: (previous?.history ?? []).filter(({ id }) => kept.includes(id)),
    newestRuns: newestRuns(previous, run),
    rolledBackTo: plan.rollback?.to ?? null,
    edge: plan.edge && { ...plan.edge, running: input.leavesLate ? plan.edge.running : null },
    store: nextStore(input),
    hold: plan.rollback?.hold ?? false,
  };
  return { ...manifest, history: [releaseHead(manifest), ...manifest.history] };
}

/** A store that nobody looked at is as it was; one in which others wrote has no ETag that would vouch for the hashes. */
function nextStore({ plan, previous, storeEtag, leavesLate }: NextInput): Manifest['store'] {
  if (storeEtag === undefined || plan.storeHashes === null) return previous?.store ?? null;
  return { etag: storeEtag, hashes: leavesLate ? plan.storeHashes.first : plan.storeHashes.late };
}

function entryOf(change: Change, input: NextInput): ManifestEntry | undefined {
  const { plan, previous, deferred, written } = input;
  if (deferred.has(keyOf(change))) return heldSince(previous?.entries.get(keyOf(change)), plan);
  if (change.kind === 'delete' || change.kind === 'forget') return undefined;
  if (change.kind === 'keep' || change.kind === 'retain') return heldSince(change.entry, plan);
  const { key, sha256, size, headers } = change.asset;
  const object = written.get(key);
  if (object === undefined) throw new Error(`${key} was planned and never written`);
  // A copy of an earlier version carries the tags of then, which nobody has looked at.
  const tags = plan.readsTags && !isReleased(change.asset) ? objectTags(key, change.asset.class) : [];
  return { key, sha256, size, headers, ...object, tags, retainedSince: null };
}

/** An object that stays as it was. What was fetched while tags were not read is held without them, whenever it was written. */
const heldSince = (entry: ManifestEntry | undefined, { readsTags }: Plan): ManifestEntry | undefined =>
  readsTags ? entry : entry && { ...entry, tags: [] };

/** Keys that are gone stay on record until they exist again, because a browser or an edge may still hold a version. */
function tombstones(
  plan: Plan,
  previous: Manifest | undefined,
  { deferred, now }: Pick<NextInput, 'deferred' | 'now'>,
): readonly Tombstone[] {
  const alive = new Set(
    plan.changes
      .filter(({ kind }) => kind !== 'delete' && kind !== 'forget')
      .map((change) => ('asset' in change ? change.asset.key : change.entry.key)),
  );
  const fresh = plan.changes
    .filter((change) => change.kind === 'delete')
    .filter((change) => !deferred.has(change.entry.key))
    .map(({ entry: { key, sha256, headers } }) => ({ key, sha256, headers, deletedAt: now }));
  const dead = new Set(fresh.map(({ key }) => key));
  const older = (previous?.tombstones ?? []).filter(
    ({ key, headers, deletedAt }) =>
      !alive.has(key) && !dead.has(key) && now - deletedAt < edgeLifetimeSeconds(headers),
  );
  return [...older, ...fresh].slice(-mostTombstones);
}

/** Ours: a year of pruned assets must not outgrow the site's own entries; those that died first are forgotten first. */
const mostTombstones = 10_000;
