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
}

/** A value, or `null` for a key that was deleted, and the time from which the edge sees it. */
export interface Version {
  readonly value: string | null;
  readonly seenAt: number;
}

export type StoreIdentity = Omit<KeyValueStore, 'items' | 'itemCount' | 'sizeBytes' | 'modifiedAt'>;

export function createStore(identity: StoreIdentity): KeyValueStore {
  return { ...identity, modifiedAt: identity.createdAt, items: new Map(), itemCount: 0, sizeBytes: 0 };
}

/** The value that the API reads: the newest. */
export function storedValue(store: KeyValueStore, key: string): string | undefined {
  return store.items.get(key)?.at(-1)?.value ?? undefined;
}
