import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Setup, startEdge } from './start-edge.ts';

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const everything = { headers: { allExcept: ['host'] }, cookies: 'all', queryStrings: 'all' } as const;
const uncached: Setup = {
  behavior: {
    targetOriginId: 'api',
    allowedMethods: methods,
    cachePolicyId: 'disabled',
    originRequestPolicyId: 'forward',
  },
  policy: { gzip: false, brotli: false },
  forward: everything,
};

/** An edge whose only behaviour leads to a server that tells what it was asked. `/status/NNN` answers with that status. */
async function openApi(setup: Setup) {
  const seen: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const api = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { method = '', url = '', headers } = req;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    const status = Number(/\/status\/(\d+)/.exec(url)?.[1] ?? 200);
    res.writeHead(status, { 'content-type': 'application/json', 'set-cookie': 'a=1' }).end(`{"n":${seen.length}}`);
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const { port } = api.address() as AddressInfo;
  const origin = {
    id: 'api',
    domainName: 'localhost',
    originPath: '/v1',
    kind: 'custom',
    signed: false,
    customHeaders: { 'X-Origin-Secret': 'told to nobody' },
    custom: { httpPort: port, httpsPort: 443, protocolPolicy: 'http-only', readTimeoutSeconds: 30 },
  } as const;
  const edge = await startEdge(new Map(), { ...setup, distribution: { ...setup.distribution, origins: [origin] } });
  stops.push(edge.stop, () => new Promise((resolve) => api.close(resolve)));
  return { edge, seen };
}

describe('a custom origin that is not cached', () => {
  test.each(methods)('gets %s with path, query, cookies and headers, under its own Host', async (method) => {
    const { edge, seen } = await openApi(uncached);
    const headers = { cookie: 'a=1; b=2', authorization: 'Bearer x', 'x-own': 'y', 'x-origin-secret': 'a guess' };
    expect((await edge.get('/api/things?b=2&a=%20', headers, method)).status).toBe(200);
    expect(seen).toMatchObject([{ method, url: '/v1/api/things?b=2&a=%20' }]);
    expect(seen[0]?.headers).toMatchObject({
      ...{ ...headers, 'x-origin-secret': 'told to nobody', host: 'localhost' },
      via: expect.stringContaining('CloudFront'),
    });
  });

  test('gets the body of a request, and the viewer its cookies', async () => {
    const { edge, seen } = await openApi(uncached);
    const answer = await edge.get('/a', { 'content-type': 'text/plain' }, 'POST', 'what is said');
    expect(seen).toMatchObject([{ body: 'what is said', headers: { 'content-type': 'text/plain' } }]);
    expect(answer.headers['set-cookie']).toEqual(['a=1']);
    await edge.get('/a', {}, 'GET');
    expect(seen).toHaveLength(2);
  });

  test.each([404, 422, 500])('a %s keeps its body where no error page is configured', async (status) => {
    const { edge } = await openApi(uncached);
    expect(await edge.get(`/status/${status}`)).toMatchObject({ status, body: '{"n":1}' });
  });
});

describe('a custom origin that is cached', () => {
  const cached: Setup = {
    behavior: { targetOriginId: 'api' },
    policy: { queryStrings: 'all', defaultTtlSeconds: 60, maxTtlSeconds: 60 },
  };

  test('is asked once for each query within the time, and sees neither cookies nor Authorization', async () => {
    const { edge, seen } = await openApi(cached);
    const headers = { cookie: 'a=1', authorization: 'Bearer x' };
    const first = await edge.get('/a?q=1', headers);
    expect(first.headers['set-cookie']).toBeUndefined();
    expect((await edge.get('/a?q=1')).body).toBe('{"n":1}');
    expect((await edge.get('/a?q=2')).body).toBe('{"n":2}');
    edge.advance(61);
    expect((await edge.get('/a?q=1')).body).toBe('{"n":3}');
    expect(seen[0]?.headers).not.toHaveProperty('cookie');
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
  });
});

test('a server that cannot be reached is a 502 of the edge', async () => {
  const origin = {
    id: 'api',
    domainName: 'localhost',
    originPath: '',
    customHeaders: {},
    kind: 'custom',
    signed: false,
  } as const;
  const custom = { httpPort: 1, httpsPort: 1, protocolPolicy: 'https-only', readTimeoutSeconds: 30 };
  const edge = await startEdge(new Map(), { ...uncached, distribution: { origins: [{ ...origin, custom }] } });
  stops.push(edge.stop);
  expect((await edge.get('/a')).status).toBe(502);
});
