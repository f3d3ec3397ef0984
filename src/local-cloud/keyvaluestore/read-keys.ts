import type { WireResponse } from '../wire.ts';
import { failedStatus, type KeyValueStore, storedValue } from './key-value-store.ts';
import type { StoreCall } from './store-call.ts';
import { storeFault } from './store-fault.ts';

/** DescribeKeyValueStore of the data plane: its ETag is what writes must match. */
export function describeStore({ store }: StoreCall): WireResponse {
  const body = {
    ...sizesOf(store),
    KvsARN: store.arn,
    Created: store.createdAt / 1000,
    LastModified: store.modifiedAt / 1000,
    ...(store.failure === undefined ? { Status: 'READY' } : { Status: failedStatus, FailureReason: store.failure }),
  };
  return answerJson(body, store.dataEtag);
}

/** GetKey. @throws ServiceFault ResourceNotFoundException. */
export function getKey({ store, key }: StoreCall): WireResponse {
  const value = storedValue(store, key);
  if (value === undefined) throw storeFault('ResourceNotFoundException', `Key ${key} was not found.`);
  return answerJson({ Key: key, Value: value, ...sizesOf(store) });
}

/** ListKeys: 10 a page, at most 50 [model MaxResults], in the order of the keys. */
export function listKeys({ store, request }: StoreCall): WireResponse {
  const most = readMost(request.query.get('MaxResults'));
  const after = Buffer.from(request.query.get('NextToken') ?? '', 'base64url').toString('utf8');
  const keys = [...store.items.keys()].filter((key) => storedValue(store, key) !== undefined && key > after).sort();
  const page = keys.slice(0, most);
  const last = page.at(-1);
  return answerJson({
    Items: page.map((key) => ({ Key: key, Value: storedValue(store, key) })),
    ...(keys.length > page.length && last !== undefined ? { NextToken: Buffer.from(last).toString('base64url') } : {}),
  });
}

export function sizesOf(store: KeyValueStore): { readonly ItemCount: number; readonly TotalSizeInBytes: number } {
  return { ItemCount: store.itemCount, TotalSizeInBytes: store.sizeBytes };
}

export function answerJson(body: unknown, etag?: string): WireResponse {
  const headers = { 'content-type': 'application/json', ...(etag === undefined ? {} : { etag }) };
  return { status: 200, headers, body: JSON.stringify(body) };
}

function readMost(text: string | null): number {
  if (text === null || text === '') return 10;
  const most = Number(text);
  if (Number.isInteger(most) && most >= 1 && most <= 50) return most;
  throw storeFault('ValidationException', 'MaxResults must be between 1 and 50.');
}
