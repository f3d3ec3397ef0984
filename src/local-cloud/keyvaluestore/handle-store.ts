import { deniedMessage } from '../policy/denied-message.ts';
import { identityVerdict } from '../policy/identity-verdict.ts';
import type { WireRequest, WireResponse } from '../wire.ts';
import type { KeyValueStore } from './key-value-store.ts';
import { describeStore, getKey, listKeys } from './read-keys.ts';
import type { StoreCall, StorePlane } from './store-call.ts';
import { storeFault } from './store-fault.ts';
import { deleteKey, putKey, updateKeys } from './write-keys.ts';

/** Answers one request of the data plane [model of 2022-07-26: paths, methods and codes]. */
export function handleStore(plane: StorePlane, request: WireRequest): WireResponse {
  const found = findStoreOperation(request);
  if (found === undefined) {
    const sentence = `The local cloud does not have ${request.method} ${request.rawPath}.`;
    throw storeFault('UnknownOperationException', sentence);
  }
  const { caller } = request;
  const action = `cloudfront-keyvaluestore:${found.operation}`;
  const verdict = identityVerdict(caller, { action, resource: found.arn });
  if (verdict !== 'allow') {
    const message = deniedMessage(caller, { action, resource: found.arn, verdict });
    throw storeFault('AccessDeniedException', message);
  }
  const store = findStore(plane, request, found);
  return operations[found.operation]({ plane, request, store, key: found.key });
}

/** The operation that a request asks for, with the store's ARN and the key in its path. */
export function findStoreOperation(request: Pick<WireRequest, 'method' | 'rawPath'>): FoundOperation | undefined {
  const match = /^\/key-value-stores\/([^/]+)(\/keys(?:\/([^/]+))?)?\/?$/.exec(request.rawPath);
  if (match === null) return undefined;
  const shape = match[3] !== undefined ? 'KEY' : match[2] !== undefined ? 'KEYS' : 'STORE';
  const operation = routes[`${request.method} ${shape}`];
  if (operation === undefined) return undefined;
  try {
    return { operation, arn: decodeURIComponent(match[1] ?? ''), key: decodeURIComponent(match[3] ?? '') };
  } catch {
    return undefined;
  }
}

interface FoundOperation {
  readonly operation: keyof typeof operations;
  readonly arn: string;
  readonly key: string;
}

const operations = {
  DescribeKeyValueStore: describeStore,
  GetKey: getKey,
  ListKeys: listKeys,
  PutKey: putKey,
  DeleteKey: deleteKey,
  UpdateKeys: updateKeys,
} as const satisfies Readonly<Record<string, (call: StoreCall) => WireResponse>>;

const routes: Readonly<Record<string, keyof typeof operations>> = {
  'GET STORE': 'DescribeKeyValueStore',
  'GET KEYS': 'ListKeys',
  'POST KEYS': 'UpdateKeys',
  'GET KEY': 'GetKey',
  'PUT KEY': 'PutKey',
  'DELETE KEY': 'DeleteKey',
};

/** A store that is not READY yet is "not in expected state" (ConflictException) [model]. */
function findStore(plane: StorePlane, request: WireRequest, { arn, operation }: FoundOperation): KeyValueStore {
  const { caller } = request;
  const owner = /^arn:aws:cloudfront::(\d{12}):key-value-store\/.+$/.exec(arn)?.[1];
  if (caller.kind !== 'account' || (owner !== undefined && owner !== caller.account)) {
    throw storeFault('AccessDeniedException', 'Access denied.');
  }
  const store = plane.stores.get(arn);
  if (store === undefined) throw storeFault('ResourceNotFoundException', 'The key value store was not found.');
  const isUsable = store.failure === undefined || operation === 'DescribeKeyValueStore';
  if (store.readyAt > plane.clock.now() || !isUsable) {
    throw storeFault('ConflictException', 'The key value store is not READY.');
  }
  return store;
}
