import { describe, expect, test } from 'vitest';
import { canonicalRequest } from '../../../src/local-cloud/front/canonical-request.ts';
import { sha256Hex, signV4, stringToSign } from '../../../src/local-cloud/front/sigv4.ts';

const scope = { date: '20150830', region: 'us-east-1', service: 'service' };
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const base: [string, string][] = [
  ['host', 'example.amazonaws.com'],
  ['x-amz-date', '20150830T123600Z'],
];

interface Row {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: [string, string][];
  readonly body?: string;
  readonly signature: string;
}

/** AWS's published Signature Version 4 test suite. */
const suite: Record<string, Row> = {
  'get-vanilla': { signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  'get-vanilla-query': { signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  'get-relative': {
    path: '/example/..',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  'get-slash': { path: '//', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  'get-slash-dot-slash': {
    path: '/./',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  'get-vanilla-query-order-key-case': {
    query: 'Param2=value2&Param1=value1',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  'get-vanilla-empty-query-key': {
    query: 'Param1=value1',
    signature: 'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
  },
  'get-vanilla-utf8-query': {
    query: '%E1%88%B4=bar',
    signature: '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04',
  },
  'get-unreserved': {
    path: '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
    signature: '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  },
  'get-utf8': {
    path: Buffer.from('/ሴ').toString('latin1'),
    signature: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
  },
  'get-space': {
    path: '/example space/',
    signature: '652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741',
  },
  'get-header-key-duplicate': {
    headers: [
      ['my-header1', 'value2'],
      ['my-header1', 'value2'],
      ['my-header1', 'value1'],
    ],
    signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  },
  'get-header-value-order': {
    headers: [
      ['my-header1', 'value4'],
      ['my-header1', 'value1'],
      ['my-header1', 'value3'],
      ['my-header1', 'value2'],
    ],
    signature: '08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01',
  },
  'get-header-value-trim': {
    headers: [
      ['my-header1', ' value1'],
      ['my-header2', ' "a   b   c"'],
    ],
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
  'post-vanilla': {
    method: 'POST',
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  'post-x-www-form-urlencoded': {
    method: 'POST',
    headers: [['content-type', 'application/x-www-form-urlencoded']],
    body: 'Param1=value1',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
};

test.each(Object.entries(suite))('the test suite: %s', (_name, row) => {
  const lines = linesOf([...base, ...(row.headers ?? [])]);
  const canonical = canonicalRequest(
    { method: row.method ?? 'GET', rawPath: row.path ?? '/', rawQuery: row.query ?? '', lines },
    { signedHeaders: [...lines.keys()].sort(), payloadHash: sha256Hex(row.body ?? ''), path: 'normalised' },
  );
  const text = stringToSign('AWS4-HMAC-SHA256', '20150830T123600Z', scope, canonical);
  expect(signV4(secret, scope, text)).toBe(row.signature);
});

describe("the S3 documentation's examples", () => {
  const s3Scope = { date: '20130524', region: 'us-east-1', service: 's3' };
  const s3Secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const empty = sha256Hex('');
  const put = '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072';
  const time: [string, string] = ['x-amz-date', '20130524T000000Z'];
  const rows: [string, string, string, string, string, [string, string][], string][] = [
    [
      'GET object',
      'GET',
      '/test.txt',
      '',
      empty,
      [['range', 'bytes=0-9'], ['x-amz-content-sha256', empty], time],
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT object with a key that is encoded once',
      'PUT',
      '/test%24file.text',
      '',
      put,
      [
        ['date', 'Fri, 24 May 2013 00:00:00 GMT'],
        ['x-amz-content-sha256', put],
        time,
        ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
      ],
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    [
      'the same key sent unencoded',
      'PUT',
      '/test$file.text',
      '',
      put,
      [
        ['date', 'Fri, 24 May 2013 00:00:00 GMT'],
        ['x-amz-content-sha256', put],
        time,
        ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
      ],
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    [
      'GET bucket lifecycle',
      'GET',
      '/',
      'lifecycle',
      empty,
      [['x-amz-content-sha256', empty], time],
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'list objects',
      'GET',
      '/',
      'max-keys=2&prefix=J',
      empty,
      [['x-amz-content-sha256', empty], time],
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
    [
      'presigned GET',
      'GET',
      '/test.txt',
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=00',
      'UNSIGNED-PAYLOAD',
      [],
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    ],
  ];
  test.each(rows)('%s', (_name, method, rawPath, rawQuery, payloadHash, headers, signature) => {
    const lines = linesOf([['host', 'examplebucket.s3.amazonaws.com'], ...headers]);
    const canonical = canonicalRequest(
      { method, rawPath, rawQuery, lines },
      { signedHeaders: [...lines.keys()].sort(), payloadHash, path: 'as-is' },
    );
    const text = stringToSign('AWS4-HMAC-SHA256', '20130524T000000Z', s3Scope, canonical);
    expect(signV4(s3Secret, s3Scope, text)).toBe(signature);
  });
});

function linesOf(headers: [string, string][]): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const [name, value] of headers) lines.set(name, [...(lines.get(name) ?? []), value]);
  return lines;
}
