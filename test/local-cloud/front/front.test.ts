import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EchoFront, startEchoFront } from './echo-front.ts';
import { type RawOptions, rawRequest } from './raw-request.ts';

let front: EchoFront;
beforeAll(async () => {
  front = await startEchoFront();
});
afterAll(() => front.close());
beforeEach(() => {
  front.seen.length = 0;
});
const ask = (options: Omit<RawOptions, 'port'>) => rawRequest({ port: front.port, ...options });

describe('the Host header', () => {
  const rows: [string, number][] = [
    ['localhost', 200],
    ['localhost:4401', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:80', 200],
    ['[::1]:80', 200],
    ['bucket.localhost', 200],
    ['my.bucket.s3.localhost:1', 200],
    ['111122223333.localhost', 200],
    ['example.com', 403],
    ['localhost.example.com', 403],
    ['notlocalhost', 403],
    ['127.0.0.1.example.com', 403],
    ['10.0.0.1', 403],
  ];
  test.each(rows)('%s is answered %i', async (host, status) => {
    expect((await ask({ headers: { host } })).status).toBe(status);
  });
});

describe('a request as the service sees it', () => {
  test.each(['/a//b', '/../x', '/./a/..', '/%2e%2e/%2F', '/a+b%20c', '/%F0%9F%98%80', '//'])(
    'keeps the path %s',
    async (path) => {
      await ask({ path: `${path}?x=1&y=%20` });
      expect(front.seen[0]?.rawPath).toBe(path);
      expect(front.seen[0]?.query.get('y')).toBe(' ');
    },
  );

  test('is anonymous S3 when it is unsigned', async () => {
    await ask({ path: '/x' });
    expect(front.seen[0]).toMatchObject({ service: 's3', caller: { kind: 'anonymous' } });
  });

  test.each([
    ['s3', 'eu-west-1'],
    ['sts', 'us-east-1'],
    ['cloudfront', 'us-east-1'],
    ['cloudfront-keyvaluestore', undefined],
  ])('goes to %s by its credential scope', async (service, region) => {
    const scope = ['AKIDFOREIGN', '20260101', region, service, 'aws4_request'].filter(Boolean).join('/');
    const algorithm = region === undefined ? 'AWS4-ECDSA-P256-SHA256' : 'AWS4-HMAC-SHA256';
    const authorization = `${algorithm} Credential=${scope}, SignedHeaders=host, Signature=00`;
    await ask({ headers: { authorization, 'x-amz-date': '20260101T000000Z' } });
    expect(front.seen[0]).toMatchObject({ service, caller: { kind: 'account', account: '000000000000' } });
    expect(front.seen[0]?.region).toBe(region);
  });

  test('has a body with its aws-chunked framing taken off', async () => {
    const headers = {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '3',
    };
    await ask({ method: 'PUT', headers, body: '3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n' });
    expect(front.seen[0]?.body.toString()).toBe('abc');
    expect(front.seen[0]?.trailers).toEqual({ 'x-amz-checksum-crc32': 'NSRBwg==' });
  });

  test('is refused where the body is not what its hash says', async () => {
    const answer = await ask({ method: 'PUT', headers: { 'x-amz-content-sha256': '0'.repeat(64) }, body: 'x' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
    expect(front.seen).toEqual([]);
  });
});

test('a signature of version 2 is refused as such', async () => {
  const answer = await ask({ path: '/b/k?AWSAccessKeyId=A&Signature=x&Expires=9999999999' });
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('<Code>InvalidRequest</Code>')]);
});

test('an answer has an id, the time of the server and keeps the connection', async () => {
  front.skewMs = -86_400_000;
  const { headers } = await ask({ headers: { connection: 'keep-alive' } });
  front.skewMs = 0;
  expect(headers['x-amz-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(Math.abs(Date.now() - 86_400_000 - Date.parse(headers.date ?? ''))).toBeLessThan(60_000);
  expect(headers.connection).toBe('keep-alive');
});

test('Expect: 100-continue is answered before the body comes', async () => {
  const socket = connect(front.port, '127.0.0.1');
  const received = collect(socket);
  socket.write(
    'PUT /k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
  );
  await received.until('HTTP/1.1 100 Continue\r\n\r\n');
  socket.write('abc');
  await received.until('ok');
  expect(front.seen[0]?.body.toString()).toBe('abc');
  socket.destroy();
});

test('Expect: 100-continue is not answered where the head is refused', async () => {
  const socket = connect(front.port, '127.0.0.1');
  const received = collect(socket);
  const authorization = 'AWS AKID:old-signature';
  socket.write(
    `PUT /k HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n`,
  );
  await received.until('</Error>');
  expect(received.text()).toMatch(/^HTTP\/1\.1 400 /);
  expect(received.text()).toContain('connection: close');
  socket.destroy();
});

function collect(socket: ReturnType<typeof connect>) {
  let text = '';
  let wake: () => void = () => {};
  socket.on('data', (part) => {
    text += part.toString();
    wake();
  });
  return {
    text: () => text,
    async until(part: string) {
      while (!text.includes(part)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
