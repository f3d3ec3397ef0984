import type { Clock } from '../clock.ts';
import type { WireRequest } from '../wire.ts';
import type { KeyValueStore } from './key-value-store.ts';

/** One call: the store that it names and, where the path has one, the key. */
export interface StoreCall {
  readonly plane: StorePlane;
  readonly request: WireRequest;
  readonly store: KeyValueStore;
  readonly key: string;
}

/** What the data plane needs of the control plane. */
export interface StorePlane {
  /** By ARN. */
  readonly stores: ReadonlyMap<string, KeyValueStore>;
  readonly clock: Clock;
  readonly settleMs: number;
  newEtag(): string;
  /** To be called after every write. */
  changed(): void;
}
