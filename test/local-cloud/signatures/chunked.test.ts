import { describe, expect, test } from 'vitest';
import { createKeyBook } from '../../../src/local-cloud/front/key-book.ts';
import { readPayload } from '../../../src/local-cloud/front/read-payload.ts';
import { scopeText, sha256Hex, signV4 } from '../../../src/local-cloud/front/sigv4.ts';
import { ServiceFault } from '../../../src/local-cloud/service-fault.ts';

// The S3 documentation's "Example calculations" of a chunked upload.
const own = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const keys = createKeyBook({ account: '1', own, service: { accessKeyId: 'S', secretAccessKey: 's' } });
const claim = {
  algorithm: 'AWS4-HMAC-SHA256',
  place: 'header',
  accessKeyId: own.accessKeyId,
  scope: { date: '20130524', region: 'us-east-1', service: 's3' },
  signedHeaders: [],
  signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  timestamp: '20130524T000000Z',
} as const;
const signed = (first: string) =>
  Buffer.from(
    `10000;chunk-signature=${first}\r\n${'a'.repeat(65536)}\r\n` +
      `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${'a'.repeat(1024)}\r\n` +
      '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n',
  );
const right = 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648';

function read(raw: Buffer, kind: string, length: number) {
  const headers = { 'x-amz-content-sha256': kind, 'x-amz-decoded-content-length': String(length) };
  const head = { method: 'PUT', rawPath: '/', rawQuery: '', host: '', headers, lines: new Map() };
  return readPayload({ head, raw, claim, keys });
}

describe('a signed chunked body', () => {
  const kind = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
  test('is read and each signature recomputed', () => {
    expect(read(signed(right), kind, 66560).body).toEqual(Buffer.alloc(66560, 'a'));
  });
  test('with a wrong chunk signature is refused', () => {
    expect(faultOf(() => read(signed(right.replace('a', 'b')), kind, 66560))).toBe('SignatureDoesNotMatch');
  });
});

describe('a signed chunked body with a signed trailer', () => {
  const kind = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';
  const sign = (word: string, ...lines: string[]) =>
    signV4(own.secretAccessKey, claim.scope, [word, claim.timestamp, scopeText(claim.scope), ...lines].join('\n'));
  const chunk = (previous: string, data: string) =>
    sign('AWS4-HMAC-SHA256-PAYLOAD', previous, sha256Hex(''), sha256Hex(data));
  const first = chunk(claim.signature, 'abc');
  const last = chunk(first, '');
  // "Trailing headers": the names in lower case, sorted, each line ended.
  const trailer = sign('AWS4-HMAC-SHA256-TRAILER', last, sha256Hex('x-amz-checksum-crc32:NSRBwg==\n'));
  const raw = (checksum: string) =>
    Buffer.from(
      `3;chunk-signature=${first}\r\nabc\r\n0;chunk-signature=${last}\r\n` +
        `x-amz-checksum-crc32:${checksum}\r\nx-amz-trailer-signature:${trailer}\r\n\r\n`,
    );
  test.each([
    ['NSRBwg==', 'abc'],
    ['AAAAAA==', 'SignatureDoesNotMatch'],
  ])('with the checksum %s: %s', (checksum, expected) => {
    expect(faultOf(() => read(raw(checksum), kind, 3).body.toString())).toBe(expected);
  });
});

describe('an unsigned chunked body', () => {
  const kind = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const rows: [string, string, number, unknown][] = [
    ['with a trailer', '3\r\nabc\r\n2\r\nde\r\n0\r\nX-Amz-Checksum-Crc32: AAAA==\r\n\r\n', 5, 'abcde'],
    ['empty', '0\r\n\r\n', 0, ''],
    ['holding line ends', '4\r\n\r\n\r\n\r\n0\r\n\r\n', 4, '\r\n\r\n'],
    ['shorter than stated', '3\r\nabc\r\n0\r\n\r\n', 5, 'IncompleteBody'],
    ['cut off', '5\r\nabc', 5, 'IncompleteBody'],
    ['without framing', 'abcde', 5, 'IncompleteBody'],
    ['with a broken trailer', '1\r\na\r\n0\r\nnonsense\r\n\r\n', 1, 'MalformedTrailerError'],
  ];
  test.each(rows)('%s', (_name, raw, length, expected) => {
    expect(faultOf(() => read(Buffer.from(raw), kind, length).body.toString())).toBe(expected);
  });
  test('gives its trailers in lower case', () => {
    const raw = Buffer.from('1\r\na\r\n0\r\nX-Amz-Checksum-Crc32: AAAA==\r\n\r\n');
    expect(read(raw, kind, 1).trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAA==' });
  });
});

function faultOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof ServiceFault ? error.code : error;
  }
}
