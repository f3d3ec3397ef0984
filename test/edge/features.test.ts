import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Visit } from './event-for.ts';
import { inShort, openSite, type SiteAtEdge } from './open-site.ts';

type Row = readonly [visit: string | Visit, expected: string];

/** What viewers of a site see, in short. */
function table(name: string, site: SiteAtEdge, rows: readonly Row[]): void {
  describe(name, () => {
    const open = openSite(site);
    test.each(rows)('%j → %s', async (visit, expected) => expect(inShort(await open(visit))).toBe(expected));
  });
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const basic = (pair: string): Readonly<Record<string, string>> => ({ authorization: `Basic ${base64(pair)}` });
const ann = basic('ann:correct horse battery');
const keys = ['index.html', '404.html', 'docs/index.html', 'docs/private/index.html', 'about/index.html', 'app.js'];

describe('redirects', () => {
  table(
    'of single paths',
    {
      keys,
      redirects:
        '/old /new\n/temp /docs/ 302\n/query /q?a=1 301\n/hash /docs/#top\n/gone /404.html 410\n/out https://example.com/x',
    },
    [
      ['/old', '301 /new'],
      ['/old/', '301 /new'],
      ['/old/x', '301 /old/x/'],
      ['/old?a=b&c', '301 /new?a=b&c'],
      ['/temp', '302 /docs/'],
      ['/query?b=2', '301 /q?a=1'],
      ['/hash?b=2', '301 /docs/?b=2#top'],
      ['/gone', '410 404.html'],
      ['/out', '301 https://example.com/x'],
      ['/%6Fld', '301 /new'],
      ['//old', '301 /new'],
    ],
  );

  table(
    'of patterns',
    {
      keys,
      redirects: [
        '/blog/:year/:month/* /archive/:year-:month/:splat',
        '/s/* /:splat',
        '/id/:id/:idx /to/:idx/:id',
        '/far/* https://example.com/:splat 302',
        '/same/* /same/:splat',
        '/same/x /other',
        '/q/* /search?q=:splat',
      ].join('\n'),
    },
    [
      ['/blog/2024/05/a/b/', '301 /archive/2024-05/a/b/'],
      ['/blog/2024/05', '301 /archive/2024-05/'],
      ['/s/%2F%2Fevil.com', '301 /evil.com'],
      ['/s//evil.com', '301 /evil.com'],
      ['/s/%5Cevil.com', '301 /%5Cevil.com'],
      ['/s/https:%2F%2Fevil.com', '301 /https%3A/evil.com'],
      ['/id/1/2', '301 /to/2/1'],
      ['/far/a%20b/c', '302 https://example.com/a%20b/c'],
      ['/far/@evil.com', '302 https://example.com/%40evil.com'],
      ['/same/x', '301 /other'],
      ['/same/y', '301 /same/y/'],
      ['/q/a%26b=c', '301 /search?q=a%26b%3Dc'],
      ['/s/caf%C3%A9', '301 /caf%C3%A9'],
    ],
  );

  table(
    'with conditions',
    {
      keys,
      redirects: [
        '/ /fr/ 302! Language=fr,de',
        '/shop /shop-us 302 Country=US,ca',
        '/beta /beta-on 302 Cookie=beta',
        '/find q=:q kind=book /books/:q',
        '/find q=:q /all/:q',
      ].join('\n'),
    },
    [
      [{ path: '/', headers: { 'accept-language': 'fr-CH, fr;q=0.9, en;q=0.8' } }, '302 /fr/'],
      [{ path: '/', headers: { 'accept-language': 'en, fr;q=0.9' } }, '200 index.html'],
      ['/', '200 index.html'],
      [{ path: '/shop', headers: { 'cloudfront-viewer-country': 'CA' } }, '302 /shop-us'],
      [{ path: '/shop', headers: { 'cloudfront-viewer-country': 'FR' } }, '301 /shop/'],
      [{ path: '/beta', cookies: { beta: '1' } }, '302 /beta-on'],
      ['/beta', '301 /beta/'],
      ['/find?q=a%20b&kind=book', '301 /books/a%20b?q=a%20b&kind=book'],
      ['/find?q=a+b&kind=film', '301 /all/a%20b?q=a+b&kind=film'],
      ['/find?q=..%2F..%2F%2Fevil.com', '301 /all/..%2F..%2F%2Fevil.com?q=..%2F..%2F%2Fevil.com'],
      ['/find?kind=book', '301 /find/?kind=book'],
    ],
  );

  table(
    'and files',
    { keys, redirects: '/about /elsewhere\n/docs /forced 301!\n/docs/* /manual/:splat 302\n/app.js /other.js' },
    [
      ['/about', '301 /about/'],
      ['/about/', '200 about/index.html'],
      ['/docs', '301 /forced'],
      ['/docs/', '301 /forced'],
      ['/docs/private/', '200 docs/private/index.html'],
      ['/docs/gone', '302 /manual/gone'],
      ['/app.js', '200 app.js'],
    ],
  );

  table(
    'rewrites',
    {
      keys: [...keys, 'fr/404.html'],
      redirects: [
        '/app/* /about/ 200',
        '/way/* /docs/:splat 200',
        '/up/* /.cdnpub/:splat 200',
        '/teapot/* /about 404',
        '/nothing /gone 200',
      ].join('\n'),
    },
    [
      ['/app/x/y?z', '200 about/index.html'],
      ['/way/private', '200 docs/private/index.html'],
      ['/way/index.html', '200 docs/index.html'],
      ['/way/gone', '404 404.html'],
      ['/up/site.json', '404 404.html'],
      ['/teapot/1', '404 about/index.html'],
      ['/nothing', '404 404.html'],
    ],
  );

  describe('by the thousand', () => {
    const redirects = Array.from({ length: 20_000 }, (_, i) => `/old/post-${i} /new/${i}/post`).join('\n');
    const site = {
      keys,
      redirects: `/old/post-7 /first Country=CH\n${redirects}\n/old/* /new/:splat 302\n/about /x`,
    };
    const open = openSite(site);
    test.each<Row>([
      ['/old/post-0', '301 /new/0/post'],
      ['/old/post-19999/?a', '301 /new/19999/post?a'],
      ['/old/post-20000', '302 /new/post-20000'],
      [{ path: '/old/post-7', headers: { 'cloudfront-viewer-country': 'CH' } }, '301 /first'],
      ['/old/post-7', '301 /new/7/post'],
      ['/about/', '200 about/index.html'],
    ])('%j → %s', async (visit, expected) => expect(inShort(await open(visit))).toBe(expected));
  });
});

describe('clean URLs and 404 pages', () => {
  table('the nearest 404 page', { keys: [...keys, 'fr/404.html', 'fr/a/index.html'] }, [
    ['/fr/gone', '404 fr/404.html'],
    ['/fr/a/gone/x.js', '404 fr/404.html'],
    ['/gone', '404 404.html'],
    ['/fr', '404 404.html'],
    ['/fr/%zz', '404 404.html'],
    ['/fr/a', '301 /fr/a/'],
  ]);

  test('an error page is told whole, and is kept by nobody', async () => {
    const open = openSite({ keys: [...keys, 'fr/404.html'] });
    const headers = { 'if-none-match': '"a"', 'if-modified-since': 'x', range: 'bytes=0-1', accept: '*/*' };
    const seen = await open({ path: '/fr/gone', headers });
    expect(Object.keys(seen.sent ?? {}).sort()).toEqual(['accept', 'host', 'x-cdnpub']);
    expect(seen.headers).toEqual({ 'cache-control': 'no-store' });
    expect(Object.keys((await open({ path: '/docs/', headers })).sent ?? {})).toContain('if-none-match');
  });

  test('nobody gives orders to the viewer-response function from outside', async () => {
    const open = openSite({ keys: [...keys, 'fr/404.html'] });
    expect((await open({ path: '/docs/', headers: { 'x-cdnpub': '503' } })).status).toBe(200);
  });
});

table('the second host', { keys, source: { hosts: ['example.com', 'www.example.com'] }, redirects: '/old /new' }, [
  [{ path: '/docs?a=1', host: 'www.example.com' }, '301 https://example.com/docs?a=1'],
  [{ path: '/', host: 'WWW.example.com' }, '301 https://example.com/'],
  [{ path: '//evil.com/..%2f', host: 'www.example.com' }, '404 404.html'],
  [{ path: '//evil.com', host: 'www.example.com' }, '301 https://example.com/evil.com'],
  [{ path: '/old', host: 'www.example.com' }, '301 https://example.com/old'],
  [{ path: '/old', host: 'example.com' }, '301 /new'],
  [{ path: '/docs/', host: 'd1.cloudfront.net' }, '200 docs/index.html'],
  [{ path: '/docs/', host: 'evil.com' }, '200 docs/index.html'],
]);

describe('auth', () => {
  const auth = { paths: ['/docs/private/*', '/report.html', '/secret'], users: ['ann'], jwt: false };
  const site: SiteAtEdge = {
    keys: [...keys, 'report.html', 'secret/index.html', 'secret.html', 'docs/private.html'],
    source: { auth, hosts: ['example.com', 'www.example.com'] },
    redirects: '/in/* /docs/private/:splat 200\n/docs/private/old /new 301!\n/to-report /report 200',
    secrets: { users: { ann: 'correct horse battery' } },
  };
  table('asks wherever a guarded path is meant', site, [
    ['/docs/private/', '401'],
    ['/docs/private', '401'],
    ['/docs/private.html', '401'],
    ['/docs/private/index', '401'],
    ['/docs//private/', '401'],
    ['/docs/%70rivate/', '401'],
    ['/docs/%50rivate/', '404 404.html'],
    ['/docs%2Fprivate%2F', '401'],
    ['/docs/private/%0A', '401'],
    ['/docs/private/gone.js', '401'],
    ['/docs/x/../private/', '404 404.html'],
    ['/docs/private/old', '401'],
    ['/in/', '401'],
    ['/in/index.html', '401'],
    ['/report', '401'],
    ['/report.html', '401'],
    ['/report/', '401'],
    ['/report/index.html', '401'],
    ['/to-report', '401'],
    ['/secret', '401'],
    ['/secret/', '401'],
    ['/secret.html', '401'],
    ['/secret/index.html', '401'],
    [{ path: '/docs/private/', method: 'POST' }, '401'],
    [{ path: '/docs/private/', method: 'HEAD' }, '401'],
    [{ path: '/docs/private/', host: 'www.example.com' }, '301 https://example.com/docs/private/'],
    ['/docs/', '200 docs/index.html'],
    ['/docs/privateer', '301 /docs/privateer/'],
  ]);
  table('lets in who knows the password', site, [
    [{ path: '/docs/private/', headers: ann }, '200 docs/private/index.html'],
    [{ path: '/in/', headers: ann }, '200 docs/private/index.html'],
    [{ path: '/docs/private/old', headers: ann }, '301 /new'],
    [{ path: '/report.html', headers: ann }, '301 /report'],
    [{ path: '/docs/private/', headers: basic('ann:wrong') }, '401'],
    [{ path: '/docs/private/', headers: basic('bob:correct horse battery') }, '401'],
    [{ path: '/docs/private/', headers: basic('ann') }, '401'],
    [{ path: '/docs/private/', headers: basic(':correct horse battery') }, '401'],
    [{ path: '/docs/private/', headers: basic('../jwt:x') }, '401'],
    [{ path: '/docs/private/', headers: { authorization: 'Basic ????' } }, '401'],
    [{ path: '/docs/private/', headers: { authorization: 'Bearer a.b.c' } }, '401'],
  ]);
  table('lets nobody in where the store says nothing', { ...site, store: { 'u/ann': null } }, [
    [{ path: '/docs/private/', headers: ann }, '401'],
  ]);

  test('keeps what it guards from shared caches, and the password from the origin', async () => {
    const seen = await openSite(site)({ path: '/docs/private/', headers: ann });
    expect(seen.headers['cache-control']).toBe('private, max-age=0, must-revalidate');
    expect(seen.sent?.authorization).toBeUndefined();
    const open = await openSite(site)({ path: '/docs/', headers: ann });
    expect(open.headers['cache-control']).toBe('public, max-age=0, s-maxage=86400, must-revalidate');
  });

  test('asks in a way that browsers know', async () => {
    const { headers } = await openSite(site)('/docs/private/');
    expect(headers['www-authenticate']).toBe('Basic realm="example.com", charset="UTF-8"');
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('tokens', () => {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (claims: object, head: object = { alg: 'HS256', typ: 'JWT' }, key = 'k'.repeat(32)): string => {
    const text = `${part(head)}.${part(claims)}`;
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };
  const bearer = (text: string): Visit => ({ path: '/docs/', headers: { authorization: `Bearer ${text}` } });
  const site: SiteAtEdge = {
    keys,
    source: { auth: { paths: ['/*'], users: [], jwt: true } },
    secrets: { jwtKey: 'k'.repeat(32) },
  };
  table('are judged by their signature and their time', site, [
    [bearer(token({ sub: 'a', exp: now + 60 })), '200 docs/index.html'],
    [bearer(token({ sub: 'a' })), '200 docs/index.html'],
    [bearer(token({ exp: now - 60 })), '401'],
    [bearer(token({ exp: 'never' })), '401'],
    [bearer(token({ nbf: now + 60 })), '401'],
    [bearer(token({}, { alg: 'none' })), '401'],
    [bearer(token({}, { alg: 'HS512' })), '401'],
    [bearer(token({}, { alg: 'HS256' }, 'wrong')), '401'],
    [bearer(`${part({ alg: 'none' })}.${part({})}.`), '401'],
    [bearer('a.b'), '401'],
    ['/docs/', '401'],
    ['/', '401'],
    ['/gone', '401'],
  ]);
  table('open nothing where the key cannot be read', { ...site, store: { jwt: null } }, [
    [bearer(token({ sub: 'a' })), '401'],
    [bearer(token({ sub: 'a' }, { alg: 'HS256' }, 'none')), '401'],
  ]);
});

describe('maintenance', () => {
  const maintenance = { page: 'closed.html', allow: ['203.0.113.7'] };
  const site: SiteAtEdge = {
    keys: [...keys, 'closed.html'],
    source: { maintenance, spa: 'index.html' },
    redirects: '/old /new 301!',
  };
  const closed = { ...site, store: { maintenance: 'on' } };
  table('off', site, [
    ['/docs/', '200 docs/index.html'],
    ['/old', '301 /new'],
  ]);
  table('on: with any path', closed, [
    ['/docs/', '503 closed.html'],
    ['/user/7', '503 closed.html'],
    ['/old', '503 closed.html'],
    ['/app.js', '503 closed.html'],
    [{ path: '/', method: 'POST' }, '503 closed.html'],
    [{ path: '/docs/', ip: '203.0.113.7' }, '200 docs/index.html'],
    [{ path: '/old', ip: '203.0.113.7' }, '301 /new'],
  ]);
  table('that cannot be told', { ...site, store: { maintenance: null } }, [['/docs/', '503 closed.html']]);

  test('says when to come back, and is kept by nobody', async () => {
    const page = await openSite(closed)({ path: '/', headers: { 'if-none-match': '"a"' } });
    expect(page.headers).toEqual({ 'cache-control': 'no-store', 'retry-after': '300' });
    expect(page.sent?.['if-none-match']).toBeUndefined();
    const bare = await openSite({ ...closed, source: { maintenance: { page: null, allow: [] } } })('/');
    expect([bare.status, bare.headers['retry-after'], bare.body]).toEqual([
      503,
      '300',
      expect.stringMatching(/maintenance/),
    ]);
  });
});

describe('other origins', () => {
  const origins = [{ patterns: ['/api/*'], rule: null }];
  const site: SiteAtEdge = {
    keys,
    source: { origins, index: 'needed', hosts: ['example.com', 'www.example.com'] },
    redirects: '/api/old /new 301!\n/* /index.html 200',
  };
  table('answer for themselves', site, [
    ['/api/users?id=7', '200 origin /api/users?id'],
    ['/api/a%2Fb', '200 origin /api/a%2Fb'],
    ['/api/old', '200 origin /api/old'],
    [{ path: '/api/x', method: 'DELETE' }, '200 origin /api/x'],
    [{ path: '/api/x', host: 'www.example.com' }, '301 https://example.com/api/x'],
    ['/api', '200 index.html'],
  ]);
  table('and 404 pages', { keys, source: { origins, index: 'needed' } }, [
    ['/gone', '404 404.html'],
    ['/api/gone', '200 origin /api/gone'],
    ['/docs', '301 /docs/'],
  ]);
  const guarded: SiteAtEdge = {
    ...site,
    source: { ...site.source, auth: { paths: ['/api/*'], users: ['ann'], jwt: false }, hosts: [] },
    secrets: { users: { ann: 'correct horse battery' } },
  };
  table('behind auth', guarded, [
    ['/api/x', '401'],
    ['/api//x', '401'],
    ['/api/%2e%2e/x', '404 404.html'],
    [{ path: '/api/x?y', headers: ann }, '200 origin /api/x?y'],
  ]);
  test('do not get the password', async () => {
    expect((await openSite(guarded)({ path: '/api/x', headers: ann })).sent?.authorization).toBeUndefined();
  });
});

describe('the user’s own function', () => {
  const handler = `
    import cf from 'cloudfront';
    // Tests, in two groups.
    const groups = ['a', 'b'];
    export default async function handler(event) {
      const request = event.request;
      if (request.uri === '/teapot') return { statusCode: 418 };
      if (request.uri === '/shared') request.uri = '/docs/';
      if (request.uri === '/hidden') request.uri = '/.cdnpub/site.json';
      if (request.uri === '/sly') request.uri = '/docs/private/';
      if (request.uri === '/typed') request.headers.spelling = { value: request.uri };
      request.headers['x-cdnpub'] = { value: '404' };
      request.headers.group = { value: groups[request.uri.length % 2] };
      return request;
    }`;
  const site: SiteAtEdge = {
    keys,
    source: {
      handlers: { viewerRequest: handler, viewerResponse: null },
      auth: { paths: ['/docs/private/*'], users: ['ann'], jwt: false },
    },
    redirects: '/teapot /kettle 301!\n/shared /never',
  };
  table('runs after forced redirects and before the file is found', site, [
    ['/teapot', '301 /kettle'],
    ['/%74eapot', '301 /kettle'],
    ['/hidden', '404 404.html'],
    ['/sly', '401'],
    ['/docs', '301 /docs/'],
    ['/app.js', '200 app.js'],
  ]);
  test('may set headers', async () => {
    const { sent } = await openSite(site)('/app.js');
    expect([sent?.group?.value, sent?.['x-cdnpub']]).toEqual(['b', undefined]);
  });
  test.each([
    ['function handler(event) {\n  return event.request\n}}', /^edge\.viewerRequest:3: /],
    ['const x = 1;', /^edge\.viewerRequest has no function called handler$/],
  ])('%j is refused', (text, message) => {
    const source = { handlers: { viewerRequest: text, viewerResponse: null } };
    expect(() => openSite({ keys, source })).toThrow(
      expect.objectContaining({ code: 'E_CONFIG', message: expect.stringMatching(message) }),
    );
  });
  test('of viewer-response may change the answer, but not make public what is guarded', async () => {
    const text =
      "function handler(event) { event.response.headers['x-mine'] = { value: 'yes' }; event.response.headers['cache-control'] = { value: 'public, max-age=60' }; return event.response; }";
    const source = {
      auth: { paths: ['/docs/private/*'], users: ['ann'], jwt: false },
      handlers: { viewerRequest: null, viewerResponse: text },
    };
    const open = openSite({ keys, source, secrets: { users: { ann: 'correct horse battery' } } });
    expect((await open({ path: '/docs/private/', headers: ann })).headers).toEqual({
      'x-mine': 'yes',
      'cache-control': 'private, max-age=60',
    });
    expect((await open('/docs/')).headers).toEqual({ 'x-mine': 'yes', 'cache-control': 'public, max-age=60' });
  });
});

describe('headers of single files', () => {
  const headers = [
    {
      pattern: '^/docs/([\\s\\S]*)$',
      captures: ['splat'],
      set: [
        ['x-doc', 'at :splat'],
        ['set-cookie', 'seen=1; Path=/'],
      ] as const,
      unset: ['x-old'],
    },
    { pattern: '^/404\\.html$', captures: [], set: [['x-lost', 'yes']] as const, unset: [] },
  ];
  const site: SiteAtEdge = {
    keys: [...keys, 'docs/404.html'],
    source: { headers },
    redirects: '/way/* /docs/:splat 200',
  };
  test.each([
    ['/docs/', { 'x-doc': 'at index.html' }],
    ['/way/', { 'x-doc': 'at index.html' }],
    ['/gone', { 'x-lost': 'yes', 'cache-control': 'no-store' }],
    ['/app.js', {}],
  ])('%s → %j', async (path, expected) => {
    const { 'cache-control': cache, ...rest } = (await openSite(site)(path)).headers;
    expect({ ...rest, ...(cache === 'no-store' ? { 'cache-control': cache } : {}) }).toEqual(expected);
  });
});

test('traced, the text tells what decided', async () => {
  const open = openSite({ keys, redirects: '/a /b\n/docs/* /x/:splat 301!', trace: 'on' });
  expect((await open('/docs/1')).logs).toEqual(['["rule",1]', '["location","/x/1"]']);
  expect((await open('/about/')).logs).toEqual(['["key","about/index.html"]']);
});
