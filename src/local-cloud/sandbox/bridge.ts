import { Buffer } from 'node:buffer';
import { createHash, createHmac } from 'node:crypto';
import { escape as escapeQuery, unescape as unescapeQuery } from 'node:querystring';

/**
 * All that a function can reach of the host. Every argument and every result is a string (bytes are one Latin-1
 * character each) and nothing throws, so no object of the host gets into the sandbox: `x.constructor.constructor`
 * of anything there ends at the sandbox's own `Function`, which cannot compile text.
 */
export interface Bridge {
  /** Ends the run: a JSON text, or an error's text. Only the first call counts. */
  finish(kind: 'value' | 'error', text: string): null;
  log(line: string): null;
  /** The bytes that `text` stands for, or null where the encoding is unknown. */
  toBytes(text: string, encoding: string): string | null;
  fromBytes(bytes: string, encoding: string): string | null;
  /** A digest's bytes; with a key it is an HMAC. */
  digest(algorithm: string, data: string): string | null;
  hmac(algorithm: string, key: string, data: string): string | null;
  escape(text: string): string | null;
  unescape(text: string): string | null;
  /** The ARN of the function's store, or of that with `id` among them; null where there is none. */
  openStore(id: string): string | null;
  readStore(arn: string, key: string): string | null;
  /** JSON of a store's times (ISO 8601) and number of keys. */
  storeMeta(arn: string): string | null;
}

/** The part of the bridge that is the same for every run. */
export const codecs = {
  toBytes: (text, encoding) => (Buffer.isEncoding(encoding) ? Buffer.from(text, encoding).toString('latin1') : null),
  fromBytes: (bytes, encoding) =>
    Buffer.isEncoding(encoding) ? Buffer.from(bytes, 'latin1').toString(encoding) : null,
  digest: (algorithm, data) =>
    algorithms.has(algorithm) ? createHash(algorithm).update(data, 'latin1').digest().toString('latin1') : null,
  hmac: (algorithm, key, data) =>
    algorithms.has(algorithm)
      ? createHmac(algorithm, Buffer.from(key, 'latin1')).update(data, 'latin1').digest().toString('latin1')
      : null,
  escape: (text) => attempt(() => escapeQuery(text)),
  unescape: (text) => attempt(() => unescapeQuery(text)),
} as const satisfies Partial<Bridge>;

/** "createHash(algorithm): md5, sha1, or sha256" (JavaScript runtime features for CloudFront Functions). */
const algorithms: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256']);

function attempt(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
