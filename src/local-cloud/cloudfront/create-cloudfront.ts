import type { Clock } from '../clock.ts';
import type { EdgeView } from '../edge-view.ts';
import { findStoreOperation, handleStore } from '../keyvaluestore/handle-store.ts';
import { createPropagation, type Place, type Propagation, plainLag } from '../propagation.ts';
import { ServiceFault } from '../service-fault.ts';
import type { ServiceHandler, WireRequest } from '../wire.ts';
import type { Cloud, Delays, ReadObject } from './call.ts';
import { type CloudDescription, describeCloud } from './describe-cloud.ts';
import { handle } from './handle.ts';
import { createIds } from './ids.ts';
import { findRoute } from './routes.ts';
import { exportState, importState } from './saved-state.ts';
import { createState } from './state.ts';
import { createViews } from './view/create-views.ts';

/** CloudFront's control plane and the KeyValueStore: two services on the wire and one view for the edge. */
export interface CloudFront {
  readonly handle: ServiceHandler;
  /** The operation's API name, or `Unknown`. */
  operationOf(request: WireRequest): string;
  readonly handleStore: ServiceHandler;
  storeOperationOf(request: WireRequest): string;
  /** What a place sees. */
  viewAt(place: Place): EdgeView;
  /** The distributions and invalidations, for an inspector. */
  describe(): CloudDescription;
  /** Everything that outlives the process; can be written as JSON. */
  exportState(): unknown;
  /** Takes up what `exportState` gave, in place of what is there. Listeners are not told. */
  importState(data: unknown): void;
  /** Calls the listener after every alteration. A status that changes with time alone is none. */
  onChange(listener: () => void): void;
}

export interface CloudFrontOptions extends Partial<Delays> {
  readonly clock: Clock;
  /** The account whose latest distribution the bare `localhost` shows. */
  readonly account: string;
  /** Distributions answer as `dXXXX.SUFFIX`. */
  readonly domainSuffix: string;
  /** Names come out the same for the same seed; random where none is given. */
  readonly seed?: string;
  /** When each place sees what; without it there is one that sees everything at once. */
  readonly propagation?: Propagation;
  /** Where stores are imported from; without it there are no buckets. */
  readonly readObject?: ReadObject;
}

/**
 * Milliseconds of the server's clock: InProgress to Deployed or Completed, PROVISIONING to READY, a write to a store
 * until the last edge sees it.
 */
const usualDelays: Delays = { deployMs: 300, invalidateMs: 200, storeReadyMs: 100, storeSettleMs: 0 };

const noBuckets: ReadObject = () => {
  throw new ServiceFault(404, 'NoSuchBucket', 'The specified bucket does not exist');
};

const plain = createPropagation({ lag: plainLag, region: 'none' });

export function createCloudFront(options: CloudFrontOptions): CloudFront {
  const { clock, account, domainSuffix, seed, propagation = plain, readObject = noBuckets, ...delays } = options;
  const listeners: (() => void)[] = [];
  const cloud: Cloud = {
    state: createState(),
    clock,
    ids: createIds(seed),
    domainSuffix,
    delays: { ...usualDelays, ...delays },
    propagation,
    readObject,
    changed: () => {
      views.note();
      for (const listener of listeners) listener();
    },
  };
  const views = createViews(cloud, account);
  return {
    handle: (request) => handle(cloud, request),
    operationOf: (request) => findRoute(request)?.operation ?? 'Unknown',
    handleStore: (request) =>
      handleStore(
        {
          stores: cloud.state.stores,
          clock,
          newEtag: cloud.ids.resource,
          settleMs: cloud.delays.storeSettleMs,
          changed: cloud.changed,
        },
        request,
      ),
    storeOperationOf: (request) => findStoreOperation(request)?.operation ?? 'Unknown',
    viewAt: views.at,
    describe: () => describeCloud(cloud),
    exportState: () => exportState(cloud),
    importState: (data) => {
      importState(cloud, data);
      views.restart();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}
