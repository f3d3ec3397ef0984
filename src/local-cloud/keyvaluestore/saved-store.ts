import { createStore, type KeyValueStore, type StoreIdentity, storedValue } from './key-value-store.ts';

/** A store as JSON can hold it. Writes that had not reached the edge when it was saved have reached it afterwards. */
export interface SavedStore {
  readonly identity: StoreIdentity;
  readonly modifiedAt: number;
  readonly items: readonly (readonly [string, string])[];
}

export function saveStore(store: KeyValueStore): SavedStore {
  const { items, itemCount: _, sizeBytes: __, writes: ___, modifiedAt, ...identity } = store;
  const values = [...items.keys()].flatMap((key): (readonly [string, string])[] => {
    const value = storedValue(store, key);
    return value === undefined ? [] : [[key, value]];
  });
  return { identity, modifiedAt, items: values };
}

export function restoreStore(saved: SavedStore): KeyValueStore {
  const store = createStore(saved.identity);
  store.modifiedAt = saved.modifiedAt;
  for (const [key, value] of saved.items) {
    store.items.set(key, [{ value, serial: 0, at: 0, doneAt: 0 }]);
    store.itemCount += 1;
    store.sizeBytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  return store;
}
