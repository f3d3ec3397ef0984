import type { Place, Propagation } from '../propagation.ts';
import type { KeyValueStore, Version } from './key-value-store.ts';

/** Where and when a store is read. */
export interface Reading {
  readonly place: Place;
  readonly now: number;
  readonly propagation: Propagation;
}

/** The value that functions read: that of the newest write that has reached the place. */
export function readForEdge(store: KeyValueStore | undefined, key: string, reading: Reading): string | undefined {
  return store && (seen(store, store.items.get(key), reading) ?? undefined);
}

/** What `meta()` tells functions; times are milliseconds since the epoch. */
export function readMetaForEdge(
  store: KeyValueStore | undefined,
  reading: Reading,
): { readonly created: number; readonly updated: number; readonly keyCount: number } | undefined {
  if (store === undefined) return undefined;
  const values = [...store.items.values()].map((versions) => seen(store, versions, reading));
  const keyCount = values.filter((value) => typeof value === 'string').length;
  return { created: store.createdAt, updated: store.modifiedAt, keyCount };
}

function seen(
  { arn }: KeyValueStore,
  versions: readonly Version[] | undefined,
  { place, now, propagation }: Reading,
): string | null | undefined {
  const isThere = (version: Version) =>
    version.doneAt <= now || propagation(place, { ...version, kind: 'store', id: arn }) <= now;
  return versions?.findLast(isThere)?.value;
}
