import { type Change, checkChanges } from '../../keyvaluestore/changes.ts';
import type { KeyValueStore } from '../../keyvaluestore/key-value-store.ts';
import { ServiceFault } from '../../service-fault.ts';
import type { XmlNode } from '../../xml.ts';
import type { Call } from '../call.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { textAt } from '../tree.ts';

/** The object that an ImportSource names, as S3 gives it to the caller. */
export async function readImport(call: Call, source: XmlNode): Promise<Buffer> {
  const found = /^arn:aws:s3:::([^/]+)\/(.+)$/.exec(textAt(source, 'SourceARN'));
  const [, bucket = '', key = ''] = found ?? [];
  if (found === null) throw cloudFrontFault('InvalidArgument', 'The parameter SourceARN is not the ARN of an object.');
  try {
    return await call.cloud.readObject(call.request.caller, bucket, key);
  } catch (error) {
    if (!(error instanceof ServiceFault)) throw error;
    // "If you don't have these permissions, CloudFront can't successfully create your key value store."
    throw cloudFrontFault(error.status === 403 ? 'AccessDenied' : 'InvalidArgument', error.message);
  }
}

/**
 * Puts what the file says into a new store; answers why that cannot be, where it cannot. "When you create a UTF-8
 * encoded file, use the following JSON format: { "data":[ { "key":"key1", "value":"value" } ] }. Your file can't include
 * duplicate keys. File size – 5 MB, key size – 512 characters, value size – 1024 characters" [dev guide, File format for
 * key-value pairs].
 */
export function importKeys(store: KeyValueStore, file: Buffer, settleMs: number): string | undefined {
  if (file.length > largestFile) return 'The file is larger than 5 MB.';
  const pairs = readPairs(file);
  if (pairs === undefined) return 'The file is not valid JSON of the format {"data":[{"key":"k","value":"v"}]}.';
  if (new Set(pairs.map(({ key }) => key)).size < pairs.length) return 'The file includes duplicate keys.';
  try {
    checkChanges(store, pairs);
  } catch (error) {
    if (error instanceof ServiceFault) return error.message;
    throw error;
  }
  const { readyAt: at } = store;
  store.writes = 1;
  for (const { key, value } of pairs) {
    store.items.set(key, [{ value, serial: 1, at, doneAt: at + settleMs }]);
    store.itemCount += 1;
    store.sizeBytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  return undefined;
}

const largestFile = 5 * 1024 * 1024;

type Pair = Change & { readonly value: string };

function readPairs(file: Buffer): readonly Pair[] | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file));
    const data: unknown = isRecord(parsed) ? parsed.data : undefined;
    return Array.isArray(data) && data.every(isPair) ? data.map(({ key, value }) => ({ key, value })) : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPair = (value: unknown): value is Pair =>
  isRecord(value) && typeof value.key === 'string' && typeof value.value === 'string';
