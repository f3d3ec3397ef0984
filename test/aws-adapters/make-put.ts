import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../src/model/ports.ts';

type Put = Parameters<ObjectStore['put']>[0];

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' };

/** A PUT of a text. */
export function makePut(key: string, text: string, given: Partial<Put> = {}): Put {
  const bytes = new TextEncoder().encode(text);
  return {
    key,
    body: { kind: 'bytes', bytes },
    sha256: sha256(bytes),
    headers,
    condition: { kind: 'absent' },
    ...given,
  };
}

/** A PUT of a stream that counts how often it was opened. */
export function makeStreamPut(key: string, bytes: Uint8Array) {
  let opened = 0;
  async function* read() {
    for (let at = 0; at < bytes.length; at += 1_048_576) yield bytes.subarray(at, at + 1_048_576);
  }
  const body = {
    kind: 'stream' as const,
    size: bytes.length,
    open() {
      opened += 1;
      return read();
    },
  };
  const put = { key, body, sha256: sha256(bytes), headers, condition: { kind: 'absent' } } as const satisfies Put;
  return { ...put, opened: () => opened };
}
