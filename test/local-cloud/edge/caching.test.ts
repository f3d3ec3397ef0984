import { brotliDecompressSync } from 'node:zlib';
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

const page: OriginAnswer = {
  headers: { 'content-type': 'text/html', etag: '"e1"', 'x-amz-request-id': 'R1', 'cache-control': 'max-age=60' },
  body: 'hello',
};

describe('hit, miss, refresh ("Manage how long content stays in the cache")', () => {
  test('a miss, then a hit with its age, then a check at the origin', async () => {
    const edge = await start({ '/a.html': page });
    const first = await edge.get('/a.html');
    expect(first).toMatchObject({
      status: 200,
      body: 'hello',
      headers: { 'x-cache': 'Miss from cloudfront', server: 'AmazonS3', etag: '"e1"', 'x-amz-request-id': 'R1' },
    });
    expect(first.headers).not.toHaveProperty('age');
    expect(first.headers.via).toMatch(/^1\.1 [0-9a-f]{32}\.cloudfront\.net \(CloudFront\)$/);
    expect(first.headers['x-amz-cf-pop']).toMatch(/^[A-Z]{3}\d+-P\d$/);
    expect(first.headers['x-amz-cf-id']).toMatch(/^[\w-]{54}==$/);
    edge.advance(59);
    expect(await edge.get('/a.html')).toMatchObject({ headers: { 'x-cache': 'Hit from cloudfront', age: '59' } });
    edge.advance(1);
    expect(await edge.get('/a.html')).toMatchObject({
      body: 'hello',
      headers: { 'x-cache': 'RefreshHit from cloudfront' },
    });
    expect(edge.seen.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"e1"']);
    edge.advance(59);
    expect(await edge.get('/a.html')).toMatchObject({ headers: { 'x-cache': 'Hit from cloudfront', age: '59' } });
  });

  test('an expired object that changed is a miss', async () => {
    const edge = await start({ '/a.html': page });
    await edge.get('/a.html');
    edge.advance(60);
    edge.put('/a.html', { ...page, headers: { ...page.headers, etag: '"e2"' }, body: 'new' });
    expect(await edge.get('/a.html')).toMatchObject({ body: 'new', headers: { 'x-cache': 'Miss from cloudfront' } });
  });

  test('max-age=0 is checked each time; no-store is fetched each time', async () => {
    const edge = await start({
      '/zero': { headers: { 'cache-control': 'max-age=0', etag: '"z"' } },
      '/none': { headers: { 'cache-control': 'no-store', etag: '"n"' } },
    });
    const results = [];
    for (const path of ['/zero', '/zero', '/none', '/none']) results.push((await edge.get(path)).headers['x-cache']);
    expect(results.map((text) => text?.toString().split(' ')[0])).toEqual(['Miss', 'RefreshHit', 'Miss', 'Miss']);
  });

  test("a viewer's Cache-Control: no-cache does not reach the origin", async () => {
    const edge = await start({ '/a.html': page });
    await edge.get('/a.html');
    expect(await edge.get('/a.html', { 'cache-control': 'no-cache', pragma: 'no-cache' })).toMatchObject({
      headers: { 'x-cache': 'Hit from cloudfront' },
    });
  });

  test('a HEAD is answered from a cached GET, and fills the cache for one', async () => {
    const edge = await start({ '/a.html': page, '/b.html': page });
    await edge.get('/a.html');
    const head = await edge.get('/a.html', {}, 'HEAD');
    expect(head).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '5', 'x-cache': 'Hit from cloudfront' },
    });
    await edge.get('/b.html', {}, 'HEAD');
    expect(await edge.get('/b.html')).toMatchObject({ body: 'hello', headers: { 'x-cache': 'Hit from cloudfront' } });
  });

  test('stale-while-revalidate serves the expired copy and fetches behind it', async () => {
    const cacheControl = 'max-age=10, stale-while-revalidate=10';
    const edge = await start({ '/a': { headers: { 'cache-control': cacheControl, etag: '"1"' }, body: 'old' } });
    await edge.get('/a');
    edge.put('/a', { headers: { 'cache-control': cacheControl, etag: '"2"' }, body: 'new' });
    edge.advance(15);
    expect(await edge.get('/a')).toMatchObject({
      body: 'old',
      headers: { 'x-cache': 'Hit from cloudfront', age: '15' },
    });
    await expect.poll(() => edge.edge.entries()[0]?.etag).toBe('"2"');
    expect(await edge.get('/a')).toMatchObject({ body: 'new', headers: { 'x-cache': 'Hit from cloudfront' } });
  });

  test('CachingDisabled (0/0/0) never caches and never compresses', async () => {
    const edge = await start(
      { '/a': { headers: { 'content-type': 'text/html' }, body: 'x'.repeat(2000) } },
      { behavior: { cachePolicyId: 'disabled' } },
    );
    for (const _ of [1, 2]) {
      const answer = await edge.get('/a', { 'accept-encoding': 'br' });
      expect(answer).toMatchObject({ headers: { 'x-cache': 'Miss from cloudfront', 'content-length': '2000' } });
    }
    expect(edge.fetched()).toHaveLength(2);
  });
});

describe('the cache key ("Understand the cache key")', () => {
  test('is the path by its spelling', async () => {
    const edge = await start({ '/a': page, '/%61': page, '/A': page, '/a/': page, '//a': page });
    for (const path of ['/a', '/%61', '/A', '/a/', '//a', '/a']) await edge.get(path);
    expect(edge.fetched()).toEqual(['/a', '/%61', '/A', '/a/', '//a'].map((path) => `GET /my.bucket${path}`));
  });

  test('holds no query string, cookie or header by default, and forwards none', async () => {
    const edge = await start({ '/a': page });
    await edge.get('/a?x=1', { cookie: 'c=1', 'accept-language': 'de' });
    expect(await edge.get('/a?x=2', { cookie: 'c=2' })).toMatchObject({
      headers: { 'x-cache': 'Hit from cloudfront' },
    });
    expect(edge.seen.map(({ target, headers }) => [target, headers.cookie, headers['accept-language']])).toEqual([
      ['/my.bucket/a', undefined, undefined],
    ]);
  });

  test('holds and forwards what the policy lists', async () => {
    const edge = await start(
      { '/a': page, '/a?v=1': page, '/a?v=2': page },
      { policy: { queryStrings: { whitelist: ['v'] }, headers: ['Accept-Language'], cookies: { whitelist: ['c'] } } },
    );
    const variants = [
      ['/a', {}],
      ['/a?utm=1', {}],
      ['/a?v=1&utm=1', {}],
      ['/a?v=2', {}],
      ['/a', { 'accept-language': 'de' }],
      ['/a', { cookie: 'd=1; c=1' }],
      ['/a', { cookie: 'c=1' }],
    ] as const;
    const results = [];
    for (const [path, headers] of variants) results.push((await edge.get(path, headers)).headers['x-cache']);
    expect(results.map((text) => text?.toString().split(' ')[0])).toEqual([
      'Miss',
      'Hit',
      'Miss',
      'Miss',
      'Miss',
      'Miss',
      'Hit',
    ]);
    expect(edge.seen.map(({ target, headers }) => [target, headers['accept-language'], headers.cookie])).toEqual([
      ['/my.bucket/a', undefined, undefined],
      ['/my.bucket/a?v=1', undefined, undefined],
      ['/my.bucket/a?v=2', undefined, undefined],
      ['/my.bucket/a', 'de', undefined],
      ['/my.bucket/a', undefined, 'c=1'],
    ]);
  });

  test('holds the normalised Accept-Encoding', async () => {
    const edge = await start({
      '/a': { headers: { 'content-type': 'text/html', etag: '"e"' }, body: 'x'.repeat(2000) },
    });
    const results = [];
    for (const accept of ['br, gzip', 'gzip, deflate, br', 'gzip', 'identity', '']) {
      const { headers, bytes } = await edge.get('/a', accept === '' ? {} : { 'accept-encoding': accept });
      results.push([
        headers['x-cache']?.toString().split(' ')[0],
        headers['content-encoding'],
        headers.etag,
        headers.vary,
      ]);
      if (headers['content-encoding'] === 'br') expect(brotliDecompressSync(bytes).length).toBe(2000);
    }
    expect(results).toEqual([
      ['Miss', 'br', 'W/"e"', 'Accept-Encoding'],
      ['Hit', 'br', 'W/"e"', 'Accept-Encoding'],
      ['Miss', 'gzip', 'W/"e"', 'Accept-Encoding'],
      ['Miss', undefined, '"e"', undefined],
      ['Hit', undefined, '"e"', undefined],
    ]);
    expect(edge.seen.map(({ headers }) => headers['accept-encoding'])).toEqual(['br,gzip', 'gzip', 'identity']);
  });

  test("a compressed copy is checked by the origin's own strong ETag and stays compressed", async () => {
    const headers = { 'content-type': 'text/html', etag: '"e"', 'cache-control': 'max-age=10' };
    const edge = await start({ '/a': { headers, body: 'x'.repeat(2000) } });
    await edge.get('/a', { 'accept-encoding': 'gzip' });
    edge.advance(10);
    expect(await edge.get('/a', { 'accept-encoding': 'gzip' })).toMatchObject({
      headers: { 'x-cache': 'RefreshHit from cloudfront', 'content-encoding': 'gzip', etag: 'W/"e"' },
    });
    expect(edge.seen[1]?.headers['if-none-match']).toBe('"e"');
  });
});

describe('conditional and partial requests of viewers', () => {
  test('If-None-Match is answered by the edge, with the headers a 304 keeps', async () => {
    const edge = await start({ '/a': page });
    const answer = await edge.get('/a', { 'if-none-match': 'W/"e1"' });
    expect(answer).toMatchObject({ status: 304, body: '', headers: { etag: '"e1"', 'cache-control': 'max-age=60' } });
    expect(answer.headers).not.toHaveProperty('content-type');
    expect(edge.seen[0]?.headers).not.toHaveProperty('if-none-match');
  });

  test('Range is cut from the cached object', async () => {
    const edge = await start({ '/a': page });
    await edge.get('/a', { range: 'bytes=0-0' });
    expect(await edge.get('/a', { range: 'bytes=1-2' })).toMatchObject({
      status: 206,
      body: 'el',
      headers: { 'content-range': 'bytes 1-2/5', 'content-length': '2', 'x-cache': 'Hit from cloudfront' },
    });
    expect(await edge.get('/a', { range: 'bytes=9-' })).toMatchObject({
      status: 416,
      headers: { 'content-range': 'bytes */5' },
    });
    expect(edge.fetched()).toEqual(['GET /my.bucket/a']);
  });
});

describe('invalidations and fills', () => {
  test('an exact path, a wildcard, and what they leave alone', async () => {
    const edge = await start({ '/a': page, '/b/c': page, '/d': page });
    for (const path of ['/a', '/b/c', '/d']) await edge.get(path);
    edge.fetched();
    edge.invalidate('/a', '/b*');
    for (const path of ['/a', '/b/c', '/d']) await edge.get(path);
    expect(edge.fetched()).toEqual(['GET /my.bucket/a', 'GET /my.bucket/b/c']);
  });

  test('a tag, on what was cached with it while tags were read; spelled in any case', async () => {
    const tagged = (tags: string) => ({ ...page, headers: { ...page.headers, 'x-amz-meta-cache-tag': tags } });
    const site = { '/a': tagged('c:page, d:/blog/'), '/b': tagged('C:PAGE'), '/c': tagged('c:pages'), '/d': page };
    const edge = await start(site, { distribution: { tagHeader: 'x-amz-meta-cache-tag' } });
    for (const path of Object.keys(site)) await edge.get(path);
    edge.fetched();
    edge.invalidate('#c:Page');
    for (const path of Object.keys(site)) await edge.get(path);
    expect(edge.fetched()).toEqual(['GET /my.bucket/a', 'GET /my.bucket/b']);
    edge.invalidate('#d:/blog/');
    for (const path of Object.keys(site)) await edge.get(path);
    expect(edge.fetched()).toEqual(['GET /my.bucket/a']);
  });

  test('a tag that no distribution reads reaches nothing', async () => {
    const edge = await start({ '/a': { ...page, headers: { ...page.headers, 'x-amz-meta-cache-tag': 't' } } });
    await edge.get('/a');
    edge.fetched();
    edge.invalidate('#t');
    await edge.get('/a');
    expect(edge.fetched()).toEqual([]);
  });

  test('a fill that brings a tag which was invalidated meanwhile is delivered and not cached', async () => {
    const gate = openable();
    const headers = { ...page.headers, 'x-amz-meta-cache-tag': 't' };
    const site = { '/a': { ...page, headers, body: 'old', hold: gate.promise } };
    const edge = await start(site, { distribution: { tagHeader: 'x-amz-meta-cache-tag' } });
    const early = edge.get('/a');
    await expect.poll(() => edge.seen.length).toBe(1);
    edge.put('/a', { ...page, headers, body: 'new' });
    edge.invalidate('#t');
    expect(await edge.get('/a')).toMatchObject({ body: 'new' });
    gate.open();
    expect(await early).toMatchObject({ body: 'old' });
    expect(await edge.get('/a')).toMatchObject({ body: 'new', headers: { 'x-cache': 'Hit from cloudfront' } });
  });

  test('simultaneous requests for one key make one fetch ("request collapsing")', async () => {
    const gate = openable();
    const edge = await start({ '/a': { ...page, hold: gate.promise } });
    const answers = Promise.all([1, 2, 3].map(() => edge.get('/a')));
    await expect.poll(() => edge.seen.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    gate.open();
    const caches = (await answers).map(({ headers }) => headers['x-cache']?.toString().split(' ')[0]).sort();
    expect(caches).toEqual(['Hit', 'Hit', 'Miss']);
    expect(edge.seen).toHaveLength(1);
  });

  test('an answer that must not be shared is fetched by each who waited', async () => {
    const gate = openable();
    const edge = await start({ '/a': { headers: { 'cache-control': 'private' }, body: 'x', hold: gate.promise } });
    const answers = Promise.all([1, 2, 3].map(() => edge.get('/a')));
    await expect.poll(() => edge.seen.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    gate.open();
    await answers;
    expect(edge.seen).toHaveLength(3);
  });

  test('a fill begun before an invalidation is delivered but not cached, and nobody joins it later', async () => {
    const gate = openable();
    const edge = await start({ '/a': { ...page, body: 'old', hold: gate.promise } });
    const early = edge.get('/a');
    await expect.poll(() => edge.seen.length).toBe(1);
    edge.put('/a', { ...page, body: 'new' });
    edge.invalidate('/a');
    expect(await edge.get('/a')).toMatchObject({ body: 'new', headers: { 'x-cache': 'Miss from cloudfront' } });
    gate.open();
    expect(await early).toMatchObject({ body: 'old', headers: { 'x-cache': 'Miss from cloudfront' } });
    expect(await edge.get('/a')).toMatchObject({ body: 'new', headers: { 'x-cache': 'Hit from cloudfront' } });
  });

  test('the same where nobody asked between: the next request fetches', async () => {
    const gate = openable();
    const edge = await start({ '/a': { ...page, body: 'old', hold: gate.promise } });
    const early = edge.get('/a');
    await expect.poll(() => edge.seen.length).toBe(1);
    edge.put('/a', { ...page, body: 'new' });
    edge.invalidate('/a');
    gate.open();
    expect(await early).toMatchObject({ body: 'old' });
    expect(edge.edge.entries()).toEqual([]);
    expect(await edge.get('/a')).toMatchObject({ body: 'new' });
  });
});

test('a body over 100 MB passes through and is not kept', async () => {
  const size = 100 * 1024 * 1024 + 1;
  const edge = await start({ '/big': { headers: { 'cache-control': 'max-age=60' }, body: Buffer.alloc(size) } });
  expect(await edge.get('/big', {}, 'HEAD')).toMatchObject({
    status: 200,
    headers: { 'content-length': String(size) },
  });
  const answer = await edge.get('/big');
  expect([answer.bytes.length, answer.headers['x-cache']]).toEqual([size, 'Miss from cloudfront']);
  expect(edge.edge.entries()).toEqual([]);
});

test('the cache can be looked into', async () => {
  const edge = await start({ '/a': page });
  await edge.get('/a');
  await edge.get('/none');
  edge.advance(4);
  expect(edge.edge.entries()).toEqual([
    {
      ...{
        distributionId: 'E1',
        uri: '/a',
        query: '',
        status: 200,
        kind: 'object',
        encoding: 'identity',
        etag: '"e1"',
      },
      ...{ bytes: 5, ageSeconds: 4, freshForSeconds: 56 },
    },
    expect.objectContaining({ uri: '/none', status: 404, kind: 'error', freshForSeconds: 6 }),
  ]);
});

function openable(): { readonly promise: Promise<void>; open(): void } {
  let open = () => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open: () => open() };
}
