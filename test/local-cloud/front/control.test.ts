import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EchoFront, startEchoFront } from './echo-front.ts';
import { type RawOptions, rawRequest } from './raw-request.ts';

let front: EchoFront;
let kills = 0;
beforeAll(async () => {
  front = await startEchoFront(() => {
    kills += 1;
  });
});
afterAll(() => front.close());
afterEach(() => ask({ method: 'DELETE', path: '/_cdnpub/faults' }));
const ask = (options: Omit<RawOptions, 'port'>) => rawRequest({ port: front.port, ...options });
const setFaults = (...rules: unknown[]) =>
  ask({ method: 'PUT', path: '/_cdnpub/faults', body: JSON.stringify({ rules }) });
const hits = async () =>
  (JSON.parse((await ask({ path: '/_cdnpub/faults' })).text) as { rules: { hits: number }[] }).rules.map((r) => r.hits);
const logSince = async (since: number) =>
  JSON.parse((await ask({ path: `/_cdnpub/requests?since=${since}` })).text) as {
    next: number;
    requests: Record<string, unknown>[];
  };

describe('the request log', () => {
  test('names each request once, from the number asked for', async () => {
    const { next } = await logSince(0);
    await ask({ method: 'PUT', path: '/a', body: 'xyz' });
    await ask({ path: '/b' });
    const log = await logSince(next);
    expect(log.next).toBe(next + 2);
    expect(log.requests).toMatchObject([
      {
        n: next,
        service: 's3',
        op: 'PutObject',
        method: 'PUT',
        path: '/a',
        key: 'a',
        status: 200,
        bytesIn: 3,
        bytesOut: 2,
      },
      { n: next + 1, op: 'GetObject', method: 'GET', bytesIn: 0 },
    ]);
    expect((await logSince(log.next)).requests).toEqual([]);
  });
});

describe('who may control', () => {
  const rows: [string, Record<string, string>, string, number][] = [
    ['the same origin', { host: 'localhost:1', origin: 'http://localhost:1' }, '/_cdnpub/faults', 200],
    ['no origin', { host: 'localhost:1' }, '/_cdnpub/faults', 200],
    ['a foreign origin', { host: 'localhost:1', origin: 'http://evil.example' }, '/_cdnpub/faults', 403],
    ['another local port', { host: 'localhost:1', origin: 'http://localhost:2' }, '/_cdnpub/faults', 403],
    ['an opaque origin', { host: 'localhost:1', origin: 'null' }, '/_cdnpub/faults', 403],
    ['a cross-site page', { host: 'localhost:1', 'sec-fetch-site': 'cross-site' }, '/_cdnpub/requests', 403],
    ['a foreign host', { host: 'evil.example' }, '/_cdnpub/faults', 403],
  ];
  test.each(rows)('%s', async (_name, headers, path, status) => {
    expect((await ask({ path, headers })).status).toBe(status);
  });

  test('under a bucket host the path is a key', async () => {
    front.seen.length = 0;
    await ask({ path: '/_cdnpub/faults', headers: { host: 'b.localhost' } });
    expect(front.seen[0]?.rawPath).toBe('/_cdnpub/faults');
  });
});

test('the inspector page is HTML', async () => {
  const page = await ask({ path: '/_cdnpub/' });
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.text).toContain('/_cdnpub/requests?since=');
});

describe('fault rules', () => {
  test.each([
    ['no JSON', '{'],
    ['no rules', '{}'],
    ['an unknown action', '{"rules":[{"match":{},"do":{"explode":true}}]}'],
    ['an unknown field', '{"rules":[{"match":{"bucket":"b"},"do":{"hold":true}}]}'],
    ['a status that is none', '{"rules":[{"do":{"status":99}}]}'],
    ['a negative count', '{"rules":[{"times":-1,"do":{"hold":true}}]}'],
  ])('%s is a 400', async (_name, body) => {
    const answer = await ask({ method: 'PUT', path: '/_cdnpub/faults', body });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toHaveProperty('error');
  });

  test('skip and times count matching requests only', async () => {
    await setFaults({ match: { op: 'PutObject' }, skip: 1, times: 2, do: { status: 503, code: 'SlowDown' } });
    const statuses: number[] = [];
    for (const method of ['PUT', 'GET', 'PUT', 'GET', 'PUT', 'PUT']) statuses.push((await ask({ method })).status);
    expect(statuses).toEqual([200, 200, 503, 200, 503, 200]);
    expect(await hits()).toEqual([2]);
  });

  test.each([
    ['a/b', 'a/b', 503],
    ['a/b', 'a/bc', 200],
    ['a/*', 'a/bc', 503],
    ['a/*', 'b/bc', 200],
  ])('key %s and a request for %s: %i', async (key, path, status) => {
    await setFaults({ match: { key }, do: { status: 503, code: 'SlowDown' } });
    expect((await ask({ path: `/${path}` })).status).toBe(status);
  });

  test('the first rule that matches and is not used up decides', async () => {
    await setFaults({ match: {}, times: 1, do: { status: 500 } }, { match: {}, do: { status: 503 } });
    expect([(await ask({})).status, (await ask({})).status]).toEqual([500, 503]);
  });

  test('status and code in the words of each service', async () => {
    await setFaults({ match: {}, do: { status: 503, code: 'SlowDown' } });
    const scope = (service: string) => ({
      authorization: `AWS4-HMAC-SHA256 Credential=F/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      'x-amz-date': '20260101T000000Z',
    });
    const [s3, cloudfront, sts, store] = await Promise.all(
      ['s3', 'cloudfront', 'sts', 'cloudfront-keyvaluestore'].map((each) => ask({ headers: scope(each) })),
    );
    expect(s3?.text).toMatch(/^<\?xml .*\n<Error><Code>SlowDown<\/Code><Message>/);
    expect(cloudfront?.text).toContain(
      '<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Receiver</Type><Code>SlowDown</Code>',
    );
    expect(sts?.text).toContain('<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">');
    expect(store?.headers['x-amzn-errortype']).toBe('SlowDown');
    expect(JSON.parse(store?.text ?? '')).toMatchObject({ __type: 'SlowDown' });
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ])('reset %s: the reply is lost, the service was asked %i times', async (reset, asked) => {
    await setFaults({ match: {}, do: { reset } });
    front.seen.length = 0;
    await expect(ask({ method: 'PUT' })).rejects.toThrow(/hang up|ECONNRESET/);
    expect(front.seen.length).toBe(asked);
  });

  test('hold keeps the reply until the rules are cleared', async () => {
    await setFaults({ match: {}, do: { hold: true } });
    front.seen.length = 0;
    let answered = false;
    const held = ask({}).then((answer) => {
      answered = true;
      return answer;
    });
    while ((await hits())[0] !== 1) await new Promise(setImmediate);
    expect(front.seen.length).toBe(1);
    expect(answered).toBe(false);
    await ask({ method: 'DELETE', path: '/_cdnpub/faults' });
    expect((await held).text).toBe('ok');
  });

  test('kill never answers and calls the hook', async () => {
    await setFaults({ match: {}, do: { kill: true } });
    const before = kills;
    const lost = ask({}).catch(() => 'lost');
    while (kills === before) await new Promise(setImmediate);
    expect(kills).toBe(before + 1);
    const { next, requests } = await logSince(0);
    expect(requests.at(-1)).toMatchObject({ n: next - 1, fault: 'kill' });
    expect(await Promise.race([lost, Promise.resolve('still open')])).toBe('still open');
  });

  test('latency and bytesPerSecond still answer in full', async () => {
    await setFaults({ match: {}, times: 1, do: { latencyMs: 5 } }, { match: {}, do: { bytesPerSecond: 20 } });
    expect((await ask({})).text).toBe('ok');
    expect((await ask({})).text).toBe('ok');
    const { requests } = await logSince(0);
    expect(requests.slice(-2).map((entry) => entry.fault)).toEqual(['latency', 'slow']);
  });
});
