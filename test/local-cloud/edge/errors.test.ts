import { afterEach, describe, expect, test } from 'vitest';
import { type OriginAnswer, type Setup, type StartedEdge, startEdge } from './start-edge.ts';

const started: StartedEdge[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((edge) => edge.stop()));
});

async function start(site: Readonly<Record<string, OriginAnswer>>, setup?: Setup) {
  const map = new Map(Object.entries(site).map(([path, answer]) => [`/my.bucket${path}`, answer]));
  const edge = await startEdge(map, setup);
  started.push(edge);
  return { ...edge, put: (path: string, answer: OriginAnswer) => void map.set(`/my.bucket${path}`, answer) };
}

const html = { 'content-type': 'text/html' };
const notFoundPage: OriginAnswer = { headers: { ...html, etag: '"p"' }, body: 'lost' };

describe('errors of the origin ("How CloudFront processes and caches HTTP 4xx and 5xx status codes")', () => {
  test('a 404 is kept 10 s by default', async () => {
    const edge = await start({});
    expect(await edge.get('/a')).toMatchObject({ status: 404, headers: { 'x-cache': 'Error from cloudfront' } });
    edge.advance(9);
    expect(await edge.get('/a')).toMatchObject({
      status: 404,
      headers: { 'x-cache': 'Error from cloudfront', age: '9' },
    });
    edge.put('/a', { body: 'here' });
    edge.advance(1);
    expect(await edge.get('/a')).toMatchObject({ status: 200, body: 'here' });
  });

  test('a minimum TTL of 0 asks the origin each time', async () => {
    const edge = await start(
      {},
      { distribution: { errorResponses: [{ errorCode: 404, errorCachingMinTtlSeconds: 0 }] } },
    );
    for (const _ of [1, 2]) expect((await edge.get('/a')).status).toBe(404);
    expect(edge.fetched()).toHaveLength(2);
  });

  test('a 403 without max-age is not kept', async () => {
    const edge = await start({ '/a': { status: 403 } });
    for (const _ of [1, 2]) expect((await edge.get('/a')).status).toBe(403);
    expect(edge.fetched()).toHaveLength(2);
  });

  test('a 404 replaces an expired object', async () => {
    const edge = await start({ '/a': { headers: { 'cache-control': 'max-age=1', etag: '"1"' }, body: 'x' } });
    await edge.get('/a');
    edge.advance(2);
    edge.put('/a', { status: 404 });
    expect((await edge.get('/a')).status).toBe(404);
  });

  test('an expired object stands in for a 5xx, until the error caching minimum TTL has passed', async () => {
    const edge = await start({ '/a': { headers: { 'cache-control': 'max-age=1', etag: '"1"' }, body: 'x' } });
    await edge.get('/a');
    edge.advance(2);
    edge.put('/a', { status: 503 });
    edge.fetched();
    for (const _ of [1, 2]) expect(await edge.get('/a')).toMatchObject({ status: 200, body: 'x' });
    expect(edge.fetched()).toHaveLength(1);
    edge.advance(10);
    expect(await edge.get('/a')).toMatchObject({ status: 200, body: 'x' });
    expect(edge.fetched()).toHaveLength(1);
  });

  test('stale-if-error=0 shows the 5xx', async () => {
    const headers = { 'cache-control': 'max-age=1, stale-if-error=0', etag: '"1"' };
    const edge = await start({ '/a': { headers, body: 'x' } });
    await edge.get('/a');
    edge.advance(2);
    edge.put('/a', { status: 503 });
    expect((await edge.get('/a')).status).toBe(503);
  });

  test('an origin that breaks the connection is tried 3 times, then a 502', async () => {
    const edge = await start({ '/a': { reset: true } });
    expect(await edge.get('/a')).toMatchObject({
      status: 502,
      headers: { 'x-cache': 'Error from cloudfront', server: 'CloudFront' },
      body: expect.stringContaining('able to connect to the origin'),
    });
    expect(edge.fetched()).toHaveLength(3);
  });

  test('a body shorter than its Content-Length is a 502 and not kept as the object', async () => {
    const edge = await start({ '/a': { headers: { 'content-length': '10' }, body: 'short' } });
    // The origin closes the connection, as it cannot keep it with a broken length.
    edge.put('/a', { headers: { 'content-length': '10', connection: 'close' }, body: 'short' });
    expect((await edge.get('/a')).status).toBe(502);
  });
});

describe('custom error responses ("Generate custom error responses")', () => {
  const setup: Setup = {
    distribution: {
      errorResponses: [
        { errorCode: 404, errorCachingMinTtlSeconds: 30, responsePagePath: '/404.html', responseCode: 404 },
        { errorCode: 403, errorCachingMinTtlSeconds: 0, responsePagePath: '/index.html', responseCode: 200 },
        { errorCode: 502, errorCachingMinTtlSeconds: 5, responsePagePath: '/down.html', responseCode: 503 },
      ],
    },
  };

  test('the page is cached under the path asked for', async () => {
    const edge = await start({ '/404.html': notFoundPage }, setup);
    expect(await edge.get('/a')).toMatchObject({
      status: 404,
      body: 'lost',
      headers: { 'x-cache': 'Error from cloudfront', 'content-type': 'text/html' },
    });
    edge.put('/404.html', { ...notFoundPage, body: 'other' });
    edge.invalidate('/404.html');
    expect(await edge.get('/a')).toMatchObject({ body: 'lost' });
    expect(edge.fetched()).toEqual(['GET /my.bucket/a', 'GET /my.bucket/404.html']);
    edge.invalidate('/a');
    expect(await edge.get('/a')).toMatchObject({ body: 'other' });
  });

  test('the response code may be another: the SPA fallback', async () => {
    const edge = await start({ '/deep/link': { status: 403 }, '/index.html': { headers: html, body: 'app' } }, setup);
    expect(await edge.get('/deep/link')).toMatchObject({
      status: 200,
      body: 'app',
      headers: { 'x-cache': 'Error from cloudfront' },
    });
  });

  test("a page that is not there shows its own origin's status", async () => {
    const edge = await start({ '/a': { status: 403 } }, setup);
    expect(await edge.get('/a')).toMatchObject({ status: 404, body: expect.stringContaining('NoSuchKey') });
  });

  test('no function runs for the page, nor for the answer it gives', async () => {
    const edge = await start(
      { '/404.html': notFoundPage },
      {
        ...setup,
        viewerRequest: `function handler(event) { event.request.uri = '/x' + event.request.uri; return event.request; }`,
        viewerResponse: `function handler(event) { event.response.headers.ran = { value: 'yes' }; return event.response; }`,
      },
    );
    const answer = await edge.get('/a');
    expect(answer).toMatchObject({ status: 404, body: 'lost' });
    expect(answer.headers).not.toHaveProperty('ran');
    expect(edge.fetched()).toEqual(['GET /my.bucket/x/a', 'GET /my.bucket/404.html']);
  });

  test('the page comes from the origin of the behaviour that matches its path', async () => {
    const other = {
      pathPattern: '/404*',
      targetOriginId: 'pages',
      viewerProtocolPolicy: 'allow-all',
      allowedMethods: ['GET', 'HEAD'],
      cachedMethods: ['GET', 'HEAD'],
      compress: false,
      cachePolicyId: 'main',
    };
    const base = { originPath: '', customHeaders: {}, kind: 's3', signed: true } as const;
    const edge = await start(
      { '': {} },
      {
        distribution: {
          ...setup.distribution,
          origins: [
            { ...base, id: 'site', domainName: 'my.bucket.s3.eu-west-1.amazonaws.com' },
            { ...base, id: 'pages', domainName: 'my.bucket.s3.amazonaws.com', originPath: '/errors' },
          ],
          behaviors: [other, { ...other, pathPattern: '*', targetOriginId: 'site' }],
        },
      },
    );
    edge.put('/errors/404.html', notFoundPage);
    expect(await edge.get('/a')).toMatchObject({ status: 404, body: 'lost' });
  });

  test('an origin out of reach has its page too', async () => {
    const edge = await start({ '/a': { reset: true }, '/down.html': { body: 'back soon' } }, setup);
    expect(await edge.get('/a')).toMatchObject({ status: 503, body: 'back soon' });
  });

  test('neither If-None-Match nor Range makes a part of an error page', async () => {
    const edge = await start({ '/404.html': notFoundPage }, setup);
    expect(await edge.get('/a', { 'if-none-match': '"p"' })).toMatchObject({ status: 404, body: 'lost' });
    expect(await edge.get('/a', { range: 'bytes=0-1' })).toMatchObject({ status: 404, body: 'lost' });
  });
});
