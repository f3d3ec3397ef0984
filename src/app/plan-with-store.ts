import type { Plan } from '../model/plan.ts';
import type { StoreData } from '../model/ports.ts';
import type { KnownKeys, Snapshot } from '../model/snapshot.ts';

interface StoreLook {
  readonly data: StoreData | undefined;
  /** Keyed hash of a value. */
  readonly hash: (value: string, siteId: string) => string;
}

/**
 * Plans; where the plan has to do with the site's store, looks at that first. Most sites keep nothing there, and are
 * never asked for it.
 */
export async function planWithStore(
  snapshot: Snapshot,
  look: StoreLook,
  plan: (snapshot: Snapshot) => Plan,
): Promise<{ readonly plan: Plan; readonly snapshot: Snapshot }> {
  const used = snapshot.manifest?.store != null;
  const first = used ? undefined : plan(snapshot);
  if (first !== undefined && !first.infrastructure.some(({ kind }) => kind === 'writeStore'))
    return { plan: first, snapshot };
  const seen = await withStore(snapshot, look);
  return { plan: plan(seen), snapshot: seen };
}

/** The snapshot with what the store holds: as the record tells, or read key by key where something else wrote to it. */
async function withStore(snapshot: Snapshot, { data, hash }: StoreLook): Promise<Snapshot> {
  const { cdn, site, manifest, announcements } = snapshot;
  if (cdn?.store === undefined || data === undefined || site === undefined) return snapshot;
  const { arn } = cdn.store;
  const { etag } = await data.describe(arn);
  const touched = announcements.some(({ value }) => value.edge.some((name) => name.startsWith('store ')));
  const recorded = manifest?.store?.etag === etag && !touched ? manifest.store.hashes : undefined;
  const keys: KnownKeys =
    recorded === undefined
      ? new Map([...(await data.list(arn))].map(([key, value]) => [key, hash(value, site.value.siteId)]))
      : new Map(Object.entries(recorded));
  return { ...snapshot, cdn: { ...cdn, store: { arn, keys }, resolved: { ...cdn.resolved, 'store.etag': etag } } };
}
