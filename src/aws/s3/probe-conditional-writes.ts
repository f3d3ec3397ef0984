import { createHash } from 'node:crypto';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { ObjectStore } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';

/**
 * Finds out whether a store honours conditional writes: the same key is written twice on condition that it does not
 * exist, and the second must be refused. The object is removed again. A store that answers 501 honours none.
 */
export async function probeConditionalWrites(store: ObjectStore, key: string): Promise<boolean> {
  try {
    // Other bytes each time: an object like the one that was sent would pass for our own write.
    const first = await write(store, key, '1');
    const second = await write(store, key, '2');
    const [written] = [second, first].filter((result) => result.kind === 'written');
    if (written !== undefined) await store.remove([{ key, etag: written.etag }]);
    return second.kind === 'conflict';
  } catch (error) {
    if (error instanceof CdnpubError && awsErrorName(error.cause).status === 501) return false;
    throw error;
  }
}

function write(store: ObjectStore, key: string, text: string): ReturnType<ObjectStore['put']> {
  const bytes = new TextEncoder().encode(text);
  return store.put({
    key,
    body: { kind: 'bytes', bytes },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' },
    condition: { kind: 'absent' },
  });
}
