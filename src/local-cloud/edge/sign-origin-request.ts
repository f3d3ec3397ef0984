import { createHash, createHmac } from 'node:crypto';
import type { HeaderLines } from './header-lines.ts';

export interface ServiceKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Signs a request to S3 with Signature Version 4 as an origin access control does ("sigv4, always") and gives its
 * header lines back with `x-amz-date`, `x-amz-content-sha256` and `authorization`. Signed are `host` and all `x-…`
 * lines among the headers. `at` is in milliseconds. The body is empty.
 */
export function signOriginRequest(options: {
  readonly key: ServiceKey;
  readonly region: string;
  readonly method: string;
  /** As it goes over the wire, with the query string after a `?`. */
  readonly target: string;
  readonly headers: HeaderLines;
  readonly at: number;
}): HeaderLines {
  const { key, region, method, target } = options;
  const timestamp = `${new Date(options.at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const headers: HeaderLines = [...options.headers, ['x-amz-content-sha256', sha256('')], ['x-amz-date', timestamp]];
  const signed = headers
    .filter(([name]) => name === 'host' || name.startsWith('x-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const [path = '', query = ''] = splitOnce(target);
  const canonical = [
    method,
    encode(decode(path), '/'),
    canonicalQuery(query),
    ...signed.map(([name, value]) => `${name}:${value.trim().replace(/\s+/g, ' ')}`),
    '',
    names,
    sha256(''),
  ].join('\n');
  const scope = [timestamp.slice(0, 8), region, 's3', 'aws4_request'];
  const stringToSign = ['AWS4-HMAC-SHA256', timestamp, scope.join('/'), sha256(canonical)].join('\n');
  const secret = scope.reduce<string | Uint8Array>(hmac, `AWS4${key.secretAccessKey}`);
  const signature = createHmac('sha256', secret).update(stringToSign).digest('hex');
  const credential = `${key.accessKeyId}/${scope.join('/')}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return [...headers, ['authorization', authorization]];
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => splitOnce(part, '=').map((text) => encode(decode(text.replaceAll('+', ' ')), '')))
    .sort(([a = '', x = ''], [b = '', y = '']) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function splitOnce(text: string, mark = '?'): readonly [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** One character per byte; what is no escape stays. */
function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** "URI encode every byte except the unreserved characters" (Signature Version 4), and but for `keep`. */
function encode(bytes: string, keep: string): string {
  return bytes.replace(/[^A-Za-z0-9\-._~]/g, (byte) =>
    byte === keep ? byte : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function hmac(secret: string | Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', secret).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
