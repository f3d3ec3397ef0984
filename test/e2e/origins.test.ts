import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { maintenance } from '../../src/app/maintenance.ts';
import type { OriginServer } from '../../src/model/edge-source.ts';
import type { OriginSetting } from '../../src/model/settings.ts';
import { deployOptions, type Given, openBench } from '../support/open-bench.ts';
import { keysOf, textOf } from '../support/read-bucket.ts';

const files = {
  'index.html': 'home',
  '404.html': 'no such page',
  'docs/index.html': 'docs',
  'closed.html': 'back soon',
};

/** Long enough for a distribution and a store that changed. */
const settled = 900_000;

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on loopback that counts its answers; `/status/NNN` in a path is the status. */
async function startApi() {
  const seen: Seen[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { method = '', url = '', headers } = req;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    const status = Number(/\/status\/(\d+)/.exec(url)?.[1] ?? 200);
    res.writeHead(status, { 'content-type': 'application/json' }).end(`{"n":${seen.length}}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { seen, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}

const at = (pattern: string, url: string, server: Partial<OriginServer> = {}): OriginSetting => ({
  source: { file: 'cdnpub.config.json', line: null, entry: `origins.${pattern}` },
  pattern,
  server: { url, cacheSeconds: 0, timeoutSeconds: 30, secret: null, ...server },
});

async function openSite(origins: (url: string) => readonly OriginSetting[], given: Given = {}) {
  const api = await startApi();
  const bench = await openBench(files);
  const settings = { ...given.settings, origins: origins(api.url) };
  const { domain } = await bench.publish({ ...given, settings });
  await bench.time.advance(settled);
  const ask = (path: string, options = {}) => bench.cloud.ask(domain, path, options);
  return { api, bench, domain, ask, settings };
}

describe('another server', () => {
  test('gets methods, bodies, queries, cookies and Authorization as they came, and its own name', async () => {
    const { api, ask } = await openSite((url) => [at('/api/*', `${url}/v1`)]);
    const headers = { cookie: 'a=1', authorization: 'Bearer x', 'content-type': 'text/plain' };
    expect(await ask('/api/things?id=7&x', { method: 'POST', headers, body: 'what is said' })).toMatchObject({
      ...{ status: 200, text: '{"n":1}' },
    });
    expect(api.seen).toMatchObject([
      {
        ...{ method: 'POST', url: '/v1/api/things?id=7&x', body: 'what is said' },
        headers: { ...headers, host: 'localhost' },
      },
    ]);
    expect((await ask('/api/things')).text).toBe('{"n":2}');
    expect((await ask('/api/things')).text).toBe('{"n":3}');
  });

  // Without: distribution-fields.ts, errorResponses: always with the page.
  test('shows its own errors beside the 404 page of the site', async () => {
    const { bench, ask, settings } = await openSite((url) => [at('/api/*', url)]);
    expect(await ask('/api/status/404')).toMatchObject({ status: 404, text: '{"n":1}' });
    expect(await ask('/api/status/500')).toMatchObject({ status: 500, text: '{"n":2}' });
    expect(await ask('/gone')).toMatchObject({ status: 404, text: 'no such page' });
    expect(await ask('/docs/')).toMatchObject({ status: 200, text: 'docs' });
    expect(await bench.deploy({ settings })).toMatchObject({ state: 'unchanged' });
  });

  test('is asked again only when the time of an answer is over, and sees nobody’s cookies', async () => {
    const { api, bench, ask } = await openSite((url) => [at('/api/*', url, { cacheSeconds: 60 })]);
    const headers = { cookie: 'a=1', authorization: 'Bearer x' };
    expect((await ask('/api/a?q=1', { headers })).text).toBe('{"n":1}');
    expect((await ask('/api/a?q=1')).text).toBe('{"n":1}');
    expect((await ask('/api/a?q=2')).text).toBe('{"n":2}');
    await bench.time.advance(61_000);
    expect((await ask('/api/a?q=1')).text).toBe('{"n":3}');
    expect(api.seen[0]?.headers).not.toMatchObject({ cookie: expect.anything() });
    expect(api.seen[0]?.headers).not.toMatchObject({ authorization: expect.anything() });
    expect((await ask('/api/a', { method: 'POST' })).status).toBe(403);
  });
});

describe('a secret header', () => {
  const secret = { header: 'x-origin-secret', variable: 'API_SECRET' };
  const env = { API_SECRET: 'told to nobody else' };

  test('reaches the server, is changed when it changes, and is nowhere else', async () => {
    const { api, bench, ask, settings } = await openSite((url) => [at('/api/*', url, { secret })], { env });
    const plans: unknown[] = [];
    const onPlan = async (prepared: { readonly plan: unknown }) => void plans.push(prepared.plan);
    await ask('/api/a', { headers: { 'x-origin-secret': 'a guess' } });
    expect(api.seen[0]?.headers['x-origin-secret']).toBe(env.API_SECRET);
    expect(await bench.deploy({ settings, env })).toMatchObject({ state: 'unchanged' });
    const next = { API_SECRET: 'another for nobody' };
    const result = await bench.publish({ settings, env: next, onPlan });
    await bench.time.advance(settled);
    await ask('/api/a');
    expect(api.seen[1]?.headers['x-origin-secret']).toBe(next.API_SECRET);
    const texts = await Promise.all((await keysOf(bench.project)).map((key) => textOf(bench.project, key)));
    for (const value of [env.API_SECRET, next.API_SECRET])
      expect(JSON.stringify([texts, plans, result])).not.toContain(value);
  });

  test('that is not set is told before anything is done', async () => {
    const bench = await openBench(files);
    const origins = [at('/api/*', 'https://api.example.com', { secret })];
    const result = await bench.deploy({ settings: { origins } });
    expect(result).toMatchObject({
      exit: 2,
      error: { code: 'E_CONFIG', message: expect.stringContaining('API_SECRET') },
    });
  });
});

describe('what changes', () => {
  test('an origin comes and goes, and the site stays as it is', async () => {
    const api = await startApi();
    const bench = await openBench(files);
    const { domain } = await bench.publish();
    await bench.time.advance(settled);
    const ask = async (path: string) => {
      const { status, text } = await bench.cloud.ask(domain, path);
      return `${status} ${text}`;
    };
    expect(await ask('/api/a')).toBe('404 no such page');
    const settings = { origins: [at('/api/*', api.url)] };
    const added = await bench.publish({ settings });
    expect(added.distribution?.changes.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['Origins', 'CacheBehaviors', 'CustomErrorResponses']),
    );
    await bench.time.advance(settled);
    expect([await ask('/api/a'), await ask('/gone')]).toEqual(['200 {"n":1}', '404 no such page']);
    await bench.publish();
    await bench.time.advance(settled);
    expect([await ask('/api/a'), await ask('/gone'), await ask('/')]).toEqual([
      ...['404 no such page', '404 no such page', '200 home'],
    ]);
    expect(await bench.deploy()).toMatchObject({ state: 'unchanged' });
  });

  test('a rollback brings the origins of its release back', async () => {
    const { api, bench, ask } = await openSite((url) => [at('/api/*', url)]);
    bench.project.build({ 'index.html': 'new home' });
    await bench.publish();
    await bench.time.advance(settled);
    expect((await ask('/api/a')).status).toBe(404);
    expect(await bench.rollback({ release: undefined, hold: false })).toMatchObject({ state: 'live' });
    await bench.time.advance(settled);
    expect(await ask('/api/a')).toMatchObject({ status: 200, text: '{"n":1}' });
    expect(api.seen).toHaveLength(1);
  });
});

describe('with other features', () => {
  test('a line of _redirects that leads to another server moves the path', async () => {
    const api = await startApi();
    const bench = await openBench({ ...files, _redirects: `/api/* ${api.url}/v2/:splat 200\n/old /docs/ 301` });
    const { domain } = await bench.publish();
    await bench.time.advance(settled);
    expect(await bench.cloud.ask(domain, '/api/users/7?x=1')).toMatchObject({ status: 200, text: '{"n":1}' });
    expect(api.seen[0]?.url).toBe('/v2/users/7?x=1');
    expect(await bench.cloud.ask(domain, '/old')).toMatchObject({ status: 301, headers: { location: '/docs/' } });
  });

  test('auth guards its paths, and maintenance closes them', async () => {
    const env = { ANN_PW: 'correct horse battery' };
    const auth = {
      paths: ['/api/private/*'],
      users: { ann: { kind: 'variable', name: 'ANN_PW' } },
      jwt: null,
    } as const;
    const more = { auth, maintenance: { page: 'closed.html', allow: [] } };
    const { bench, ask, settings } = await openSite((url) => [at('/api/*', url)], { env, settings: more });
    expect((await ask('/api/private/a')).status).toBe(401);
    expect((await ask('/api/open')).status).toBe(200);
    await maintenance({ ...deployOptions(bench.project, bench.time.clock(), { env, settings }), wish: 'on' });
    await bench.time.advance(15_000);
    expect((await ask('/api/open')).status).toBe(503);
  });
});
