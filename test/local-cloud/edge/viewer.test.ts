import { afterEach, describe, expect, test } from 'vitest';
import { type OriginAnswer, type Setup, type StartedEdge, startEdge } from './start-edge.ts';

const started: StartedEdge[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((edge) => edge.stop()));
});

async function start(site: Readonly<Record<string, OriginAnswer>>, setup?: Setup) {
  const edge = await startEdge(
    new Map(Object.entries(site).map(([path, answer]) => [`/my.bucket${path}`, answer])),
    setup,
  );
  started.push(edge);
  return edge;
}

const page: OriginAnswer = { headers: { 'content-type': 'text/html' }, body: 'hello' };

describe('hosts', () => {
  test.each([
    ['d111.localhost:4400', 200],
    ['D111.LOCALHOST', 200],
    ['www.example.com', 200],
    ['localhost:4400', 200],
    ['127.0.0.1', 200],
    ['[::1]:4400', 200],
    ['d999.localhost', 403],
    ['evil.example', 403],
  ])('%s: %s', async (host, status) => {
    const edge = await start({ '/a': page });
    expect((await edge.get('/a', { host })).status).toBe(status);
  });
});

describe('requests that are turned away', () => {
  const rows: readonly (readonly [
    name: string,
    path: string,
    method: string,
    body: string | undefined,
    status: number,
  ])[] = [
    ['a method outside the behaviour', '/a', 'POST', undefined, 403],
    ['OPTIONS where it is not allowed', '/a', 'OPTIONS', undefined, 403],
    ['a method that CloudFront does not know', '/a', 'PROPFIND', undefined, 400],
    ['a GET with a body', '/a', 'GET', 'x', 403],
    ['a URL over 8,192 bytes', `/${'x'.repeat(8192)}`, 'GET', undefined, 413],
  ];
  test.each(rows)('%s', async (_name, path, method, body, status) => {
    const edge = await start({ '/a': page });
    expect(await edge.get(path, {}, method, body)).toMatchObject({
      status,
      headers: { 'x-cache': 'Error from cloudfront' },
    });
    expect(edge.seen).toEqual([]);
  });
});

describe('the way to the origin', () => {
  test("is signed where an origin access control is attached, and the viewer's Authorization stays behind", async () => {
    const edge = await start({ '/a': page }, { policy: { headers: ['authorization'] } });
    await edge.get('/a', { authorization: 'Basic x', 'x-forwarded-for': '192.0.2.4', 'user-agent': 'curl' });
    const headers = edge.seen[0]?.headers;
    expect(headers).toMatchObject({
      'x-cdnpub-source-arn': 'arn:aws:cloudfront::111122223333:distribution/E1',
      'x-amz-date': '20260101T000000Z',
      'user-agent': 'Amazon CloudFront',
      'x-forwarded-for': '192.0.2.4, 127.0.0.1',
    });
    expect(headers?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=EDGEKEY\/20260101\/eu-west-1\/s3\/aws4_request, SignedHeaders=host;x-amz-cf-id;x-amz-content-sha256;x-amz-date;x-cdnpub-source-arn;x-forwarded-for, Signature=[0-9a-f]{64}$/,
    );
  });

  test('is anonymous where none is', async () => {
    const edge = await start({ '/a': page }, { signed: false });
    await edge.get('/a');
    expect(edge.seen[0]?.headers).not.toHaveProperty('authorization');
    expect(edge.seen[0]?.headers).not.toHaveProperty('x-cdnpub-source-arn');
  });

  test("adds the origin path and the origin's custom headers", async () => {
    const origin = {
      id: 'site',
      domainName: 'my.bucket.s3.amazonaws.com',
      originPath: '/v1',
      customHeaders: { 'X-Secret': 's' },
      kind: 's3',
      signed: true,
    } as const;
    const edge = await start({ '/v1/a': page }, { distribution: { origins: [origin] } });
    expect((await edge.get('/a')).status).toBe(200);
    expect(edge.seen[0]?.headers).toMatchObject({ 'x-secret': 's', host: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  });

  test.each([
    ['/', '/index.html'],
    ['/?list-type=2', '/index.html'],
    ['/sub/', '/sub/'],
    ['//', '//'],
    ['/a/../b', '/a/../b'],
    ['/a%2Fb', '/a%2Fb'],
  ])('the default root object is for / alone: %s → %s', async (path, fetched) => {
    const edge = await start({});
    await edge.get(path);
    expect(edge.fetched()).toEqual([`GET /my.bucket${fetched}`]);
  });

  test('OPTIONS goes to the origin, and is cached apart where the behaviour says so', async () => {
    const edge = await start(
      { '/a': page },
      { behavior: { allowedMethods: ['GET', 'HEAD', 'OPTIONS'], cachedMethods: ['GET', 'HEAD', 'OPTIONS'] } },
    );
    for (const method of ['OPTIONS', 'OPTIONS', 'GET']) await edge.get('/a', {}, method);
    expect(edge.fetched()).toEqual(['OPTIONS /my.bucket/a', 'GET /my.bucket/a']);
  });
});

describe('viewer-request functions', () => {
  test('see the request as documented', async () => {
    const edge = await start(
      {},
      { viewerRequest: `function handler(event) { return { statusCode: 200, body: JSON.stringify(event) }; }` },
    );
    const answer = await edge.get('/a%20b?q=1&q=2&n', {
      'x-a': ['1', '2'],
      cookie: 'c=1; d=2',
      'x-forwarded-proto': 'https',
    });
    expect(JSON.parse(answer.body)).toEqual({
      version: '1.0',
      context: {
        distributionDomainName: 'd111.localhost',
        distributionId: 'E1',
        eventType: 'viewer-request',
        requestId: answer.headers['x-amz-cf-id'],
      },
      viewer: { ip: '127.0.0.1' },
      request: {
        method: 'GET',
        uri: '/a%20b',
        querystring: { q: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] }, n: { value: '' } },
        headers: {
          host: { value: 'd111.localhost:1' },
          'x-a': { value: '1', multiValue: [{ value: '1' }, { value: '2' }] },
        },
        cookies: { c: { value: '1' }, d: { value: '2' } },
      },
    });
  });

  test('change the key and the object, not the behaviour', async () => {
    const edge = await start(
      { '/é/index.html': page, '/%C3%A9/index.html': page },
      {
        viewerRequest: `function handler(event) {
          event.request.uri = '/é/index.html'; event.request.querystring = {}; return event.request; }`,
      },
    );
    expect(await edge.get('/x?a=1')).toMatchObject({ status: 200 });
    expect(await edge.get('/y?b=1')).toMatchObject({ headers: { 'x-cache': 'Hit from cloudfront' } });
    expect(edge.fetched()).toEqual(['GET /my.bucket/%C3%A9/index.html']);
    expect(edge.edge.entries().map(({ uri }) => uri)).toEqual(['/é/index.html']);
    expect(edge.log.map(({ uri, cacheUri }) => [uri, cacheUri])).toEqual([
      ['/x', '/é/index.html'],
      ['/y', '/é/index.html'],
    ]);
  });

  test('answer in place of the origin, past cache, viewer-response function and custom error pages', async () => {
    const edge = await start(
      { '/404.html': page },
      {
        distribution: {
          errorResponses: [
            { errorCode: 404, errorCachingMinTtlSeconds: 1, responsePagePath: '/404.html', responseCode: 404 },
          ],
        },
        headersPolicy: { set: [{ name: 'X-P', value: 'p', override: false }], remove: [] },
        viewerRequest: `function handler() { return { statusCode: 404, statusDescription: 'Gone fishing',
          headers: { location: { value: '/x' } }, cookies: { a: { value: '1', attributes: 'Secure' } },
          body: { encoding: 'base64', data: 'aGk=' } }; }`,
        viewerResponse: `function handler(event) { event.response.headers.ran = { value: 'yes' }; return event.response; }`,
      },
    );
    const answer = await edge.get('/a');
    expect(answer).toMatchObject({
      status: 404,
      statusText: 'Gone fishing',
      body: 'hi',
      headers: {
        'x-cache': 'FunctionGeneratedResponse from cloudfront',
        server: 'CloudFront',
        location: '/x',
        'set-cookie': ['a=1; Secure'],
        'content-length': '2',
        'x-p': 'p',
      },
    });
    expect(answer.headers).not.toHaveProperty('ran');
    expect(edge.seen).toEqual([]);
  });

  test.each([
    ['function handler() { throw new Error("oops"); }', 503, 'FunctionExecutionError'],
    ['function handler() { return {}; }', 502, 'FunctionValidationError'],
  ])('%s: %s', async (viewerRequest, status, code) => {
    const edge = await start({ '/a': page }, { viewerRequest });
    expect(await edge.get('/a')).toMatchObject({
      status,
      headers: { 'x-cache': `${code} from cloudfront` },
      body: expect.stringContaining(code),
    });
    expect(edge.seen).toEqual([]);
  });

  test('that are attached but not live fail closed', async () => {
    const edge = await start({ '/a': page }, { behavior: { viewerRequestFunctionArn: 'fn:gone' } });
    expect((await edge.get('/a')).status).toBe(503);
  });

  test('read the store', async () => {
    const edge = await start(
      { '/live/a': page },
      {
        store: { folder: '/live' },
        viewerRequest: `import cf from 'cloudfront';
          const kvs = cf.kvs();
          async function handler(event) {
            console.log('store', await kvs.get('folder'));
            event.request.uri = (await kvs.get('folder')) + event.request.uri; return event.request; }`,
      },
    );
    expect((await edge.get('/a')).status).toBe(200);
    expect(edge.log[0]?.functionLogs).toEqual(['store /live']);
  });
});

describe('viewer-response functions', () => {
  const counting = `function handler(event) {
    const r = event.response;
    r.headers.seen = { value: event.request.uri + ' ' + r.statusCode + ' ' + r.headers['content-type'].value };
    return r;
  }`;

  test('run on fresh and cached answers, and what they change is not cached', async () => {
    const edge = await start({ '/a': page }, { viewerResponse: counting });
    for (const cache of ['Miss', 'Hit']) {
      expect(await edge.get('/a')).toMatchObject({
        body: 'hello',
        headers: { seen: '/a 200 text/html', 'x-cache': `${cache} from cloudfront`, 'content-length': '5' },
      });
    }
  });

  test('do not run where the origin answered 400 or higher', async () => {
    const edge = await start({}, { viewerResponse: counting });
    expect((await edge.get('/a')).headers).not.toHaveProperty('seen');
  });

  test('may change the status and replace or remove the body', async () => {
    const edge = await start(
      { '/a': { ...page, body: 'x'.repeat(10) }, '/b': page },
      {
        viewerResponse: `function handler(event) { const r = event.response;
          r.statusCode = 503; r.headers['retry-after'] = { value: '5' };
          r.body = event.request.uri === '/a' ? 'down' : ''; return r; }`,
      },
    );
    expect(await edge.get('/a')).toMatchObject({
      status: 503,
      body: 'down',
      headers: { 'retry-after': '5', 'content-length': '4' },
    });
    expect(await edge.get('/b')).toMatchObject({ status: 503, body: '' });
  });

  test('come after the response headers policy, which is for errors too', async () => {
    const edge = await start(
      { '/a': page },
      {
        headersPolicy: { set: [{ name: 'X-P', value: 'policy', override: true }], remove: ['x-amz-request-id'] },
        viewerResponse: `function handler(event) { const r = event.response;
          r.headers['x-saw'] = r.headers['x-p']; return r; }`,
      },
    );
    expect((await edge.get('/a')).headers).toMatchObject({ 'x-p': 'policy', 'x-saw': 'policy' });
    expect((await edge.get('/b')).headers).toMatchObject({ 'x-p': 'policy' });
  });

  test('see cookies apart, with their attributes', async () => {
    const edge = await start(
      { '/a': { ...page, headers: { ...page.headers, 'set-cookie': 'a=1; Path=/' } } },
      {
        policy: { cookies: 'all' },
        viewerResponse: `function handler(event) { const r = event.response;
          r.cookies.b = { value: r.cookies.a.attributes.length + '', attributes: 'Secure' }; return r; }`,
      },
    );
    expect((await edge.get('/a')).headers['set-cookie']).toEqual(['a=1; Path=/', 'b=6; Secure']);
  });

  test('that fail are a 502 or 503', async () => {
    const edge = await start({ '/a': page }, { viewerResponse: 'function handler() { null.x; }' });
    expect(await edge.get('/a')).toMatchObject({
      status: 503,
      headers: { 'x-cache': 'FunctionExecutionError from cloudfront' },
    });
  });
});
