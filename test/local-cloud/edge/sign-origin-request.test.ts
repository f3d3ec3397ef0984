import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { headerValue } from '../../../src/local-cloud/edge/header-lines.ts';
import { signOriginRequest } from '../../../src/local-cloud/edge/sign-origin-request.ts';

const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const at = Date.parse('2026-03-04T05:06:07.890Z');

/** What the SDK's signer wants for a hash: the one thing it has no default for. */
class Sha256 {
  readonly hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView) {
    this.hash.update(bytesOf(data));
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
  reset() {}
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}

test.each([
  ['/bucket/index.html', {}],
  ['/bucket/', {}],
  ['/bucket//a%20b/%C3%A9.html', {}],
  ['/bucket/a/../b', {}],
  ['/bucket/a', { b: '2', a: '1 x' }],
])('the AWS SDK signs %s %j alike', async (path, query: Readonly<Record<string, string>>) => {
  const signer = new SignatureV4({
    credentials: key,
    region: 'eu-west-1',
    service: 's3',
    uriEscapePath: false,
    sha256: Sha256,
  });
  const sent = {
    host: '127.0.0.1:4401',
    'x-amz-cf-id': 'r==',
    'x-cdnpub-source-arn': 'arn:aws:cloudfront::111122223333:distribution/E1',
  };
  const theirs = await signer.sign(
    {
      method: 'GET',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path,
      query: { ...query },
      headers: { ...sent, 'x-amz-content-sha256': createHash('sha256').update('').digest('hex') },
    },
    { signingDate: new Date(at) },
  );
  const text = new URLSearchParams(query).toString();
  const target = text === '' ? path : `${path}?${text}`;
  const ours = signOriginRequest({
    key,
    region: 'eu-west-1',
    method: 'GET',
    target,
    headers: Object.entries(sent),
    at,
  });
  expect(headerValue(ours, 'authorization')).toBe(theirs.headers.authorization);
  expect(headerValue(ours, 'x-amz-date')).toBe('20260304T050607Z');
});

test('two spellings of one path sign alike, as S3 sees one key', () => {
  const sign = (target: string) =>
    headerValue(
      signOriginRequest({ key, region: 'x', method: 'GET', target, headers: [['host', 'h']], at }),
      'authorization',
    );
  expect(sign('/b/%61!')).toBe(sign('/b/a%21'));
  expect(sign('/b/a')).not.toBe(sign('/b/b'));
});
