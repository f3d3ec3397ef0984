import type { KeyValueStore } from '../keyvaluestore/key-value-store.ts';
import { restoreStore, type SavedStore, saveStore } from '../keyvaluestore/saved-store.ts';
import type { Cloud } from './call.ts';
import type { IdsState } from './ids.ts';
import type { CloudFrontState } from './state.ts';

/** The state as JSON can hold it. */
interface SavedState {
  readonly version: 1;
  readonly ids: IdsState;
  readonly stores: readonly SavedStore[];
  readonly maps: { readonly [N in PlainMap]: readonly (readonly [string, ValueOf<CloudFrontState[N]>])[] };
}

type PlainMap = (typeof plainMaps)[number];
type ValueOf<M> = M extends Map<string, infer V> ? V : never;

const plainMaps = ['distributions', 'originAccessControls', 'policies', 'invalidations', 'functions', 'tags'] as const;

/** Everything that outlives the process, as plain data. */
export function exportState(cloud: Cloud): unknown {
  const { state, ids } = cloud;
  const maps = Object.fromEntries(plainMaps.map((name) => [name, [...state[name]]])) as unknown as SavedState['maps'];
  const stores = [...state.stores.values()].map(saveStore);
  return { version: 1, ids: ids.exportState(), stores, maps } satisfies SavedState;
}

/** Takes up what `exportState` gave, in place of what is there. @throws Error where it is not of this version. */
export function importState(cloud: Cloud, data: unknown): void {
  if (!isSaved(data)) throw new Error('The saved state of the local CloudFront is not of version 1.');
  for (const name of plainMaps) refill(cloud.state[name] as Map<string, unknown>, data.maps[name]);
  const stores = data.stores.map(restoreStore).map((store): [string, KeyValueStore] => [store.arn, store]);
  refill(cloud.state.stores, stores);
  cloud.ids.importState(data.ids);
}

function refill<V>(map: Map<string, V>, entries: readonly (readonly [string, V])[]): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

function isSaved(data: unknown): data is SavedState {
  return typeof data === 'object' && data !== null && 'version' in data && data.version === 1;
}
