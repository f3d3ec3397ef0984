import { type KeyValueStore, storedValue } from './key-value-store.ts';
import { storeFault } from './store-fault.ts';

/** A key and its new value; `null` deletes it. */
export interface Change {
  readonly key: string;
  readonly value: string | null;
}

const largestCall = 3 * 1024 * 1024;

/**
 * What an UpdateKeys body asks for: at most 50 keys and 3 MB in one call [facts §3].
 * @throws ServiceFault ValidationException.
 */
export function readChanges(body: Buffer): readonly Change[] {
  if (body.length > largestCall) invalid('The request is larger than 3 MB.');
  const { Puts = [], Deletes = [] } = readJson(body);
  if (!Array.isArray(Puts) || !Array.isArray(Deletes)) return invalid('Puts and Deletes must be lists.');
  const puts = Puts.map((item: unknown) => ({ key: textIn(item, 'Key'), value: textIn(item, 'Value') }));
  const deletes = Deletes.map((item: unknown) => ({ key: textIn(item, 'Key'), value: null }));
  const changes: readonly Change[] = [...puts, ...deletes];
  if (changes.length === 0) invalid('There is no key to update.');
  if (changes.length > 50) invalid('At most 50 keys can be updated in one call.');
  if (new Set(changes.map((change) => change.key)).size < changes.length) invalid('A key occurs twice.');
  return changes;
}

/** Quotas: key 512 bytes, value 1 KB, store 5 MB [doc cloudfront-limits, facts §3]. */
export function checkChanges(store: KeyValueStore, changes: readonly Change[]): void {
  let growth = 0;
  for (const { key, value } of changes) {
    const keyBytes = Buffer.byteLength(key);
    const valueBytes = Buffer.byteLength(value ?? '');
    if (keyBytes === 0 || keyBytes > 512) invalid('A key must have 1 to 512 bytes.');
    if (valueBytes > 1024) invalid('A value can have at most 1024 bytes.');
    const before = storedValue(store, key);
    growth +=
      (value === null ? 0 : keyBytes + valueBytes) - (before === undefined ? 0 : keyBytes + Buffer.byteLength(before));
  }
  if (store.sizeBytes + growth > largestStore) {
    throw storeFault('ServiceQuotaExceededException', 'The key value store would be larger than 5 MB.');
  }
}

const largestStore = 5 * 1024 * 1024;

/** A JSON object. @throws ServiceFault ValidationException. */
export function readJson(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch {
    // Answered below.
  }
  return invalid('The body is not a JSON object.');
}

function textIn(item: unknown, name: string): string {
  const value =
    typeof item === 'object' && item !== null ? Object.entries(item).find(([key]) => key === name)?.[1] : '';
  return typeof value === 'string' ? value : invalid(`${name} is required.`);
}

function invalid(sentence: string): never {
  throw storeFault('ValidationException', sentence);
}
