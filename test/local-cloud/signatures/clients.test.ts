import { Agent, request } from 'node:http';
import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { CloudFrontKeyValueStoreClient, GetKeyCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import '@aws-sdk/signature-v4a';
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EchoFront, edgeKey, own, startEchoFront } from '../front/echo-front.ts';
import { rawRequest } from '../front/raw-request.ts';

let front: EchoFront;
beforeAll(async () => {
  front = await startEchoFront();
});
afterAll(() => front.close());
beforeEach(() => {
  front.seen.length = 0;
  front.skewMs = 0;
});

const config = (credentials = own) => ({
  endpoint: `http://localhost:${front.port}`,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
});
const s3 = (credentials = own) => new S3Client({ ...config(credentials), forcePathStyle: true });
const get = (client: S3Client) =>
  client.send(new GetObjectCommand({ Bucket: 'b', Key: "a b/+'(*)!%25/é" })).then(
    () => 'ok',
    (error: Error) => error.name,
  );
const wrong = { ...own, secretAccessKey: 'wrong' };

describe('the cloud checks the signatures of its own key', () => {
  test('S3, with a key of odd characters', async () => {
    expect(await get(s3())).toBe('ok');
    expect(front.seen[0]?.caller).toMatchObject({ kind: 'account', account: '111122223333' });
  });

  test('S3 with the wrong secret', async () => {
    expect(await get(s3(wrong))).toBe('SignatureDoesNotMatch');
    expect(front.seen).toEqual([]);
  });

  test.each([
    [14, 'ok'],
    [-14, 'ok'],
    [16, 'RequestTimeTooSkewed'],
    [-16, 'RequestTimeTooSkewed'],
  ])('the server %i minutes ahead: %s', async (minutes, expected) => {
    front.skewMs = minutes * 60_000;
    expect(await get(s3())).toBe(expected);
  });

  test('a stream is sent aws-chunked and arrives whole', async () => {
    const { Readable } = await import('node:stream');
    const Body = Readable.from([Buffer.alloc(70_000, 'a'), Buffer.from('end')]);
    await s3().send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body, ContentLength: 70_003 }));
    expect(front.seen[0]?.headers['x-amz-content-sha256']).toBe('STREAMING-UNSIGNED-PAYLOAD-TRAILER');
    expect(front.seen[0]?.body.length).toBe(70_003);
    expect(Object.keys(front.seen[0]?.trailers ?? {})).toEqual(['x-amz-checksum-crc32']);
  });

  test('CloudFront', async () => {
    await new CloudFrontClient(config()).send(new ListDistributionsCommand({ Marker: 'a b' })).catch(() => {});
    expect(front.seen[0]).toMatchObject({ service: 'cloudfront', rawPath: '/2020-05-31/distribution' });
    const refused = new CloudFrontClient(config(wrong)).send(new ListDistributionsCommand({}));
    await expect(refused).rejects.toMatchObject({ name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } });
  });

  test('SigV4a of the KeyValueStore', async () => {
    const lookup = (
      _host: string,
      options: { all?: boolean },
      done: (error: null, address: unknown, family?: number) => void,
    ) => (options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4));
    const httpAgent = new Agent({ lookup } as object);
    const KvsARN = 'arn:aws:cloudfront::111122223333:key-value-store/0a';
    const ask = (credentials: typeof own) =>
      new CloudFrontKeyValueStoreClient({ ...config(credentials), requestHandler: { httpAgent } }).send(
        new GetKeyCommand({ KvsARN, Key: 'a/b c' }),
      );
    await ask(own).catch(() => {});
    expect(front.seen[0]).toMatchObject({ service: 'cloudfront-keyvaluestore', caller: { account: '111122223333' } });
    expect(front.seen[0]?.host).toBe(`111122223333.localhost:${front.port}`);
    await expect(ask(wrong)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    httpAgent.destroy();
  });

  test('other keys are let in as a foreign account', async () => {
    expect(await get(s3({ accessKeyId: 'AKIDOTHER', secretAccessKey: 'whatever' }))).toBe('ok');
    expect(front.seen[0]?.caller).toMatchObject({ kind: 'account', account: '000000000000' });
  });
});

describe('signed by hand', () => {
  const signer = (credentials: typeof own) =>
    new SignatureV4({ credentials, region: 'us-east-1', service: 's3', sha256: Sha256, uriEscapePath: false });
  const message = (headers: Record<string, string> = {}, query: Record<string, string> = {}) => ({
    method: 'GET',
    protocol: 'http:',
    hostname: 'localhost',
    path: '/b/k',
    query,
    headers: { host: 'localhost', ...headers },
  });

  test('the edge key speaks for CloudFront and names its distribution', async () => {
    const sourceArn = 'arn:aws:cloudfront::111122223333:distribution/E1';
    const { headers } = await signer(edgeKey).sign(message({ 'x-cdnpub-source-arn': sourceArn }));
    await rawRequest({ port: front.port, path: '/b/k', headers });
    expect(front.seen[0]?.caller).toEqual({ kind: 'service', service: 'cloudfront.amazonaws.com', sourceArn });
  });

  test('an unsigned word about the distribution is refused', async () => {
    const { headers } = await signer(edgeKey).sign(message());
    const forged = { ...headers, 'x-cdnpub-source-arn': 'arn:aws:cloudfront::1:distribution/E2' };
    expect((await rawRequest({ port: front.port, path: '/b/k', headers: forged })).status).toBe(403);
  });

  test('an x-amz header that is not signed is refused', async () => {
    const { headers } = await signer(own).sign(message());
    const added = { ...headers, 'x-amz-acl': 'public-read' };
    const answer = await rawRequest({ port: front.port, path: '/b/k', headers: added });
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('HeadersNotSigned')]);
  });

  const presigned = async (credentials = own) => {
    const signed = await signer(credentials).presign(message({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }), {
      expiresIn: 60,
    });
    return `/b/k?${new URLSearchParams(signed.query as Record<string, string>)}`;
  };
  test.each([
    ['right', own, 0, 200],
    ['with the wrong secret', wrong, 0, 403],
    ['expired', own, 61_000, 403],
    ['not yet valid', own, -16 * 60_000, 403],
  ])('presigned, %s', async (_name, credentials, skewMs, status) => {
    const path = await presigned(credentials);
    front.skewMs = skewMs;
    expect((await rawRequest({ port: front.port, path, headers: { host: 'localhost' } })).status).toBe(status);
  });
});

/** The hash that the signer asks for, from node's own crypto. */
class Sha256 {
  private readonly hash;
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

test('a connection of the machine reaches the front by name', async () => {
  const status = await new Promise((resolve, reject) => {
    request(`http://localhost:${front.port}/x`, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
});
