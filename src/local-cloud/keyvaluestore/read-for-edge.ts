import type { KeyValueStore, Version } from './key-value-store.ts';

/** The value that functions read at `now`: the newest that has reached the edge. */
export function readForEdge(store: KeyValueStore | undefined, key: string, now: number): string | undefined {
  return seen(store?.items.get(key), now) ?? undefined;
}

/** What `meta()` tells functions at `now`; times are milliseconds since the epoch. */
export function readMetaForEdge(
  store: KeyValueStore | undefined,
  now: number,
): { readonly created: number; readonly updated: number; readonly keyCount: number } | undefined {
  if (store === undefined) return undefined;
  const keyCount = [...store.items.values()].filter((versions) => typeof seen(versions, now) === 'string').length;
  return { created: store.createdAt, updated: store.modifiedAt, keyCount };
}

function seen(versions: readonly Version[] | undefined, now: number): string | null | undefined {
  return versions?.findLast((version) => version.seenAt <= now)?.value;
}
