import type { News } from '../propagation.ts';

/** A KeyValueStore with its data. Altered in place: a store can hold tens of thousands of keys. */
export interface KeyValueStore {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  /** Times are milliseconds by the server's clock. */
  readonly createdAt: number;
  /** From then on its Status is READY. */
  readonly readyAt: number;
  comment: string;
  /** Why its data could not be imported; such a store never becomes READY. */
  failure?: string;
  /** Of the control plane. */
  etag: string;
  /** Of the keys: changes with every write to them, and only then. */
  dataEtag: string;
  /** When the comment or a key was last changed. */
  modifiedAt: number;
  /** By key; the newest version last. */
  readonly items: Map<string, readonly Version[]>;
  itemCount: number;
  /** UTF-8 bytes of all keys and values. */
  sizeBytes: number;
  /** How many writes there were in this process. */
  writes: number;
}

/** A value, or `null` for a key that was deleted, and the write that made it, on its way to every edge. */
export interface Version extends Pick<News, 'serial' | 'at' | 'doneAt'> {
  readonly value: string | null;
}

export type StoreIdentity = Omit<KeyValueStore, 'items' | 'itemCount' | 'sizeBytes' | 'modifiedAt' | 'writes'>;

export function createStore(identity: StoreIdentity): KeyValueStore {
  return { ...identity, modifiedAt: identity.createdAt, items: new Map(), itemCount: 0, sizeBytes: 0, writes: 0 };
}

/** Ours: AWS names PROVISIONING and READY, and tells of a "reason for Key Value Store creation failure" without a status. */
export const failedStatus = 'FAILED';

/** The value that the API reads: the newest. */
export function storedValue(store: KeyValueStore, key: string): string | undefined {
  return store.items.get(key)?.at(-1)?.value ?? undefined;
}
