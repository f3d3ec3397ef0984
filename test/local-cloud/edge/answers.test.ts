import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isNotModified } from '../../../src/local-cloud/edge/answer-conditional.ts';
import { answerRange } from '../../../src/local-cloud/edge/answer-range.ts';
import { applyHeadersPolicy } from '../../../src/local-cloud/edge/apply-headers-policy.ts';
import { cleanOriginHeaders } from '../../../src/local-cloud/edge/clean-origin-headers.ts';
import { compressAnswer } from '../../../src/local-cloud/edge/compress-answer.ts';
import { type HeaderLines, headerValue } from '../../../src/local-cloud/edge/header-lines.ts';

describe('compression ("Serve compressed files")', () => {
  const body = Buffer.from('<p>hello</p>'.repeat(100));
  function html(changes: { status?: number; headers?: HeaderLines; body?: Buffer; length?: string | null } = {}) {
    const bytes = changes.body ?? body;
    const length = changes.length === undefined ? String(bytes.length) : changes.length;
    const headers: HeaderLines = [
      ['content-type', 'text/html; charset=utf-8'],
      ...(length === null ? [] : [['content-length', length] as const]),
      ...(changes.headers ?? []),
    ];
    return { status: changes.status ?? 200, headers, body: bytes };
  }

  test('Brotli is preferred; the length, Vary and a weak ETag follow', async () => {
    const made = await compressAnswer(html({ headers: [['etag', '"abc"']] }), ['br', 'gzip']);
    expect(brotliDecompressSync(made.body)).toEqual(body);
    expect(Object.fromEntries(made.headers)).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'br',
      'content-length': String(made.body.length),
      vary: 'Accept-Encoding',
      etag: 'W/"abc"',
    });
  });

  test('gzip where Brotli is not taken', async () => {
    const made = await compressAnswer(html(), ['gzip']);
    expect(gunzipSync(made.body)).toEqual(body);
  });

  test.each([
    ['a weak ETag stays', 'W/"a"', 'W/"a"'],
    ['an invalid one goes', 'abc', undefined],
  ])('%s', async (_name, etag, shown) => {
    const made = await compressAnswer(html({ headers: [['etag', etag]] }), ['gzip']);
    expect(headerValue(made.headers, 'etag')).toBe(shown);
  });

  const rows: readonly (readonly [name: string, answer: ReturnType<typeof html>, encoding: string | undefined])[] = [
    ['status 404', html({ status: 404 }), 'gzip'],
    ['status 403', html({ status: 403 }), 'gzip'],
    ['status 500', html({ status: 500 }), undefined],
    ['status 301', html({ status: 301 }), undefined],
    ['1,000 bytes', html({ body: Buffer.alloc(1000) }), 'gzip'],
    ['999 bytes', html({ body: Buffer.alloc(999) }), undefined],
    ['10,000,000 bytes', html({ body: Buffer.alloc(10_000_000) }), 'gzip'],
    ['10,000,001 bytes', html({ body: Buffer.alloc(10_000_001) }), undefined],
    ['no Content-Length', html({ length: null }), undefined],
    ['an encoding of the origin', html({ headers: [['content-encoding', 'gzip']] }), 'gzip'],
    ['the encoding identity', html({ headers: [['content-encoding', 'identity']] }), 'identity'],
  ];
  test.each(rows)('%s', async (_name, answer, encoding) => {
    const made = await compressAnswer(answer, ['gzip']);
    expect(headerValue(made.headers, 'content-encoding')).toBe(encoding);
    if (headerValue(answer.headers, 'content-encoding') !== undefined) expect(made.body).toBe(answer.body);
  });

  test.each([
    ['image/svg+xml', true],
    ['text/css', true],
    ['application/json', true],
    ['Text/Plain', true],
    ['application/manifest+json', false],
    ['application/wasm', false],
    ['font/woff2', false],
    ['image/png', false],
  ])('%s: %s', async (type, compressed) => {
    const headers: HeaderLines = [
      ['content-type', type],
      ['content-length', String(body.length)],
    ];
    const made = await compressAnswer({ status: 200, headers, body }, ['gzip']);
    expect(headerValue(made.headers, 'content-encoding')).toBe(compressed ? 'gzip' : undefined);
  });
});

describe('conditional requests of viewers (RFC 9110 section 13)', () => {
  const answer: HeaderLines = [
    ['etag', 'W/"abc"'],
    ['last-modified', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ];
  const rows: readonly (readonly [request: HeaderLines, holds: boolean])[] = [
    [[], false],
    [[['if-none-match', '"abc"']], true],
    [[['if-none-match', 'W/"abc"']], true],
    [[['if-none-match', '"x", W/"abc"']], true],
    [[['if-none-match', '*']], true],
    [[['if-none-match', '"ab"']], false],
    [[['if-none-match', 'abc']], false],
    [[['if-modified-since', 'Thu, 01 Jan 2026 00:00:00 GMT']], true],
    [[['if-modified-since', 'Wed, 31 Dec 2025 23:59:59 GMT']], false],
    [[['if-modified-since', 'yesterday']], false],
    [
      [
        ['if-none-match', '"x"'],
        ['if-modified-since', 'Thu, 01 Jan 2026 00:00:00 GMT'],
      ],
      false,
    ],
  ];
  test.each(rows)('%j: %s', (request, holds) => {
    expect(isNotModified(request, answer)).toBe(holds);
  });
});

describe('ranges ("How CloudFront processes partial requests for an object")', () => {
  const answer = {
    status: 200,
    headers: [
      ['content-length', '10'],
      ['content-type', 'text/plain'],
      ['etag', '"e"'],
    ] satisfies HeaderLines,
    body: Buffer.from('0123456789'),
  };
  const rows: readonly (readonly [range: string, status: number, body: string, contentRange: string | undefined])[] = [
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-30', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=5-100', 206, '56789', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=3-1', 200, '0123456789', undefined],
    ['bytes=a-b', 200, '0123456789', undefined],
    ['bytes=-', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
    ['bytes=5-6,1-2', 200, '0123456789', undefined],
    ['bytes=1-4,3-6', 200, '0123456789', undefined],
  ];
  test.each(rows)('%s: %s', (range, status, body, contentRange) => {
    const made = answerRange(answer, [['range', range]]);
    expect([made.status, made.body.toString(), headerValue(made.headers, 'content-range')]).toEqual([
      status,
      body,
      contentRange,
    ]);
    expect(headerValue(made.headers, 'content-length')).toBe(String(body.length));
  });

  test('several ascending ranges come as multipart/byteranges', () => {
    const made = answerRange(answer, [['range', 'bytes=0-1, 4-5']]);
    expect(made.status).toBe(206);
    const boundary = /boundary="(.*)"/.exec(headerValue(made.headers, 'content-type') ?? '')?.[1];
    expect(
      made.body
        .toString()
        .split(`--${boundary}`)
        .map((part) => part.trim()),
    ).toEqual([
      '',
      'Content-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01',
      'Content-Type: text/plain\r\nContent-Range: bytes 4-5/10\r\n\r\n45',
      '--',
    ]);
  });

  test.each([
    ['"e"', 206],
    ['"other"', 200],
    ['W/"e"', 200],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 200],
  ])('If-Range: %s: %s', (condition, status) => {
    expect(
      answerRange(answer, [
        ['range', 'bytes=0-1'],
        ['if-range', condition],
      ]).status,
    ).toBe(status);
  });
});

describe('response headers policy ("removes the headers first and then adds")', () => {
  const origin: HeaderLines = [
    ['server', 'AmazonS3'],
    ['x-frame-options', 'DENY'],
    ['x-amz-version-id', 'v1'],
  ];
  const rows: readonly (readonly [name: string, policy: Parameters<typeof applyHeadersPolicy>[1], headers: object])[] =
    [
      ['nothing', { set: [], remove: [] }, Object.fromEntries(origin)],
      [
        'one that overrides',
        { set: [{ name: 'X-Frame-Options', value: 'SAMEORIGIN', override: true }], remove: [] },
        { ...Object.fromEntries(origin), 'x-frame-options': 'SAMEORIGIN' },
      ],
      [
        'one that yields',
        { set: [{ name: 'X-Frame-Options', value: 'SAMEORIGIN', override: false }], remove: [] },
        Object.fromEntries(origin),
      ],
      [
        'removed, then added',
        { set: [{ name: 'X-Frame-Options', value: 'SAMEORIGIN', override: false }], remove: ['X-Frame-Options'] },
        { ...Object.fromEntries(origin), 'x-frame-options': 'SAMEORIGIN' },
      ],
      [
        "Server becomes the edge's own",
        { set: [], remove: ['Server', 'X-Amz-Version-Id'] },
        { server: 'CloudFront', 'x-frame-options': 'DENY' },
      ],
    ];
  test.each(rows)('%s', (_name, policy, headers) => {
    expect(Object.fromEntries(applyHeadersPolicy(origin, policy))).toEqual(headers);
  });
});

test('headers of one connection and those the edge sets itself are not kept', () => {
  const lines: HeaderLines = [
    ['connection', 'close, x-mine'],
    ['x-mine', '1'],
    ['keep-alive', 'timeout=5'],
    ['transfer-encoding', 'chunked'],
    ['set-cookie', 'a=1'],
    ['via', '1.1 x'],
    ['x-cache', 'Hit'],
    ['x-amz-cf-id', 'x'],
    ['age', '5'],
    ['x-amz-request-id', 'r'],
  ];
  expect(cleanOriginHeaders(lines, { cookies: 'dropped' })).toEqual([['x-amz-request-id', 'r']]);
  expect(cleanOriginHeaders(lines, { cookies: 'kept' })).toEqual([
    ['set-cookie', 'a=1'],
    ['x-amz-request-id', 'r'],
  ]);
});
