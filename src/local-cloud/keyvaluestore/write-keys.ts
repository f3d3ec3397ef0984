import type { WireResponse } from '../wire.ts';
import { type Change, checkChanges, readChanges, readJson } from './changes.ts';
import { type KeyValueStore, storedValue, type Version } from './key-value-store.ts';
import { answerJson, sizesOf } from './read-keys.ts';
import type { StoreCall } from './store-call.ts';
import { storeFault } from './store-fault.ts';

/** PutKey. */
export function putKey(call: StoreCall): WireResponse {
  const { Value } = readJson(call.request.body);
  if (typeof Value !== 'string') throw storeFault('ValidationException', 'Value is required.');
  return write(call, [{ key: call.key, value: Value }]);
}

/** DeleteKey. @throws ServiceFault ResourceNotFoundException where there is no such key. */
export function deleteKey(call: StoreCall): WireResponse {
  if (storedValue(call.store, call.key) === undefined) {
    throw storeFault('ResourceNotFoundException', `Key ${call.key} was not found.`);
  }
  return write(call, [{ key: call.key, value: null }]);
}

/** UpdateKeys: "Puts or Deletes multiple key value pairs in a single, all-or-nothing operation." */
export function updateKeys(call: StoreCall): WireResponse {
  return write(call, readChanges(call.request.body));
}

function write(call: StoreCall, changes: readonly Change[]): WireResponse {
  const { store, plane } = call;
  requireMatch(call);
  checkChanges(store, changes);
  const now = plane.clock.now();
  store.writes += 1;
  const write = { serial: store.writes, at: now, doneAt: now + plane.settleMs };
  for (const change of changes) apply(store, change, write);
  store.dataEtag = plane.newEtag();
  store.modifiedAt = now;
  plane.changed();
  return answerJson(sizesOf(store), store.dataEtag);
}

/** Every write needs the store's current ETag [model IfMatch]; a stale one is a ConflictException [facts §3]. */
function requireMatch({ request, store }: StoreCall): void {
  const given = request.headers['if-match']?.trim();
  if (given === undefined || given === '') throw storeFault('ValidationException', 'If-Match is required.');
  if (given !== store.dataEtag) throw storeFault('ConflictException', 'The ETag does not match the current version.');
}

/** Keeps the versions that an edge may still see: the newest that has reached them all, and all later ones. */
function apply(store: KeyValueStore, { key, value }: Change, write: Omit<Version, 'value'>): void {
  const before = storedValue(store, key);
  if (before === undefined && value === null) return;
  const versions = store.items.get(key) ?? [];
  const settled = versions.findLastIndex((version) => version.doneAt <= write.at);
  const kept = write.doneAt <= write.at ? [] : versions.slice(Math.max(settled, 0));
  const next = [...kept, { value, ...write }];
  if (value === null && kept.length === 0) store.items.delete(key);
  else store.items.set(key, next);
  store.itemCount += (value === null ? 0 : 1) - (before === undefined ? 0 : 1);
  store.sizeBytes += sizeOf(key, value) - sizeOf(key, before ?? null);
}

function sizeOf(key: string, value: string | null): number {
  return value === null ? 0 : Buffer.byteLength(key) + Buffer.byteLength(value);
}
