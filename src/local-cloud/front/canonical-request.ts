import type { RequestHead } from './request-head.ts';

export interface CanonicalOptions {
  /** Lower case, in the order of the signature. */
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body, or the word that stands for it (`UNSIGNED-PAYLOAD`). */
  readonly payloadHash: string;
  /** S3 signs the path as it is, encoded once; all others normalise it and encode it once more. */
  readonly path: 'as-is' | 'normalised';
}

/**
 * The canonical request of Signature Version 4 ("Create a signed AWS API request", IAM user guide). The signature's own
 * query parameter is left out. Header values are bytes in Latin-1, so hash the result as Latin-1 too.
 */
export function canonicalRequest(head: Omit<RequestHead, 'headers' | 'host'>, options: CanonicalOptions): string {
  const headers = options.signedHeaders.map((name) => `${name}:${canonicalValue(head.lines.get(name) ?? [])}\n`);
  return [
    head.method,
    options.path === 'as-is' ? reencode(head.rawPath) : encodeBytes(normalisePath(head.rawPath), '/'),
    canonicalQuery(head.rawQuery),
    headers.join(''),
    options.signedHeaders.join(';'),
    options.payloadHash,
  ].join('\n');
}

/** The query's `name=value` pairs, percent-decoded and in order of sending. A `+` is a space. */
export function queryPairs(rawQuery: string): readonly (readonly [string, string])[] {
  const parts = rawQuery.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const mark = part.indexOf('=');
    const [name, value] = mark < 0 ? [part, ''] : [part.slice(0, mark), part.slice(mark + 1)];
    return [decodeBytes(name.replaceAll('+', ' ')), decodeBytes(value.replaceAll('+', ' '))];
  });
}

function canonicalQuery(rawQuery: string): string {
  const pairs = queryPairs(rawQuery).filter(([name]) => name !== 'X-Amz-Signature');
  return pairs
    .map(([name, value]) => [encodeBytes(name, ''), encodeBytes(value, '')] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalValue(values: readonly string[]): string {
  return values.map((value) => value.trim().replace(/\s+/g, ' ')).join(',');
}

function reencode(rawPath: string): string {
  return encodeBytes(decodeBytes(rawPath), '/');
}

/** RFC 3986 section 6: dot segments and doubled slashes go. */
function normalisePath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  const tail = kept.length > 0 && /(?:\/|\/\.|\/\.\.)$/.test(path) ? '/' : '';
  return `/${kept.join('/')}${tail}`;
}

/** Percent-decodes into one character per byte; what is no escape stays. */
function decodeBytes(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Percent-encodes each byte but RFC 3986's unreserved ones and `keep`. */
function encodeBytes(bytes: string, keep: '' | '/'): string {
  const unsafe = keep === '/' ? /[^A-Za-z0-9\-._~/]/g : /[^A-Za-z0-9\-._~]/g;
  return bytes.replace(unsafe, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
