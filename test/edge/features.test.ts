import { describe, expect, test } from 'vitest';
import { ann, type FeatureRow, keys } from './feature-table.ts';
import { compileSite, inShort, openSite, type SiteAtEdge } from './open-site.ts';
import { featureTables, siteOf } from './tables/feature-tables.ts';

describe.each(featureTables.map((one) => [one.name, one] as const))('%s', (_, { site, rows }) => {
  const open = openSite(site);
  test.each(rows)('%j → %s', async (visit, expected) => expect(inShort(await open(visit))).toBe(expected));
});

describe('redirects', () => {
  describe('by the thousand', () => {
    const redirects = Array.from({ length: 20_000 }, (_, i) => `/old/post-${i} /new/${i}/post`).join('\n');
    const site = {
      keys,
      redirects: `/old/post-7 /first Country=CH\n${redirects}\n/old/* /new/:splat 302\n/about /x`,
    };
    const open = openSite(site);
    test.each<FeatureRow>([
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

describe('auth', () => {
  test('keeps what it guards from shared caches, and the password from the origin', async () => {
    const seen = await openSite(siteOf('auth: lets in who knows the password'))({
      path: '/docs/private/',
      headers: ann,
    });
    expect(seen.headers['cache-control']).toBe('private, max-age=0, must-revalidate');
    expect(seen.sent?.authorization).toBeUndefined();
    const open = await openSite(siteOf('auth: lets in who knows the password'))({ path: '/docs/', headers: ann });
    expect(open.headers['cache-control']).toBe('public, max-age=0, s-maxage=86400, must-revalidate');
  });
  test('asks in a way that browsers know', async () => {
    const { headers } = await openSite(siteOf('auth: lets in who knows the password'))('/docs/private/');
    expect(headers['www-authenticate']).toBe('Basic realm="example.com", charset="UTF-8"');
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('maintenance', () => {
  test('says when to come back, and is kept by nobody', async () => {
    const page = await openSite(siteOf('maintenance: on: with any path'))({
      path: '/',
      headers: { 'if-none-match': '"a"' },
    });
    expect(page.headers).toEqual({ 'cache-control': 'no-store', 'retry-after': '300' });
    expect(page.sent?.['if-none-match']).toBeUndefined();
    const bare = await openSite({
      ...siteOf('maintenance: on: with any path'),
      source: { maintenance: { page: null, allow: [] } },
    })('/');
    expect([bare.status, bare.headers['retry-after'], bare.body]).toEqual([
      503,
      '300',
      expect.stringMatching(/maintenance/),
    ]);
  });
});

describe('other origins', () => {
  test('do not get the password', async () => {
    expect(
      (await openSite(siteOf('other origins: behind auth'))({ path: '/api/x', headers: ann })).sent?.authorization,
    ).toBeUndefined();
  });
});

describe('the user’s own function', () => {
  test('may set headers', async () => {
    const { sent } = await openSite(
      siteOf('the user’s own function: runs after forced redirects and before the file is found'),
    )('/app.js');
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

test('traced, a rule of the store is told by its number, and what nobody has by its path', async () => {
  const redirects = Array.from({ length: 200 }, (_, i) => `/old/${i} /new/${i}`).join('\n');
  const open = openSite({ keys, redirects, source: { spa: 'index.html' }, trace: 'on' });
  expect((await open('/old/7')).logs).toEqual(['["rule",7]', '["location","/new/7"]']);
  expect((await open('/user/7')).logs).toEqual(['["app","user/7"]', '["key","index.html"]']);
  expect((await open('/gone.js')).logs).toEqual(['["key","gone.js"]']);
  expect((await open('/%zz')).logs).toEqual(['["notFound",null]', '["key","_cdnpub/nowhere"]']);
});

test('a trace changes neither where rules and paths lie nor what they say', () => {
  const redirects = Array.from({ length: 60 }, (_, i) => `/o${i} /n${i}`).join('\n');
  for (const source of [{}, { index: 'needed' as const }, { spa: 'index.html' }]) {
    const [plain, traced] = [
      compileSite({ keys, redirects, source }),
      compileSite({ keys, redirects, source, trace: 'on' }),
    ];
    expect(traced.layout).toEqual(plain.layout);
    expect([...traced.program.store.keys()]).toEqual([...plain.program.store.keys()]);
  }
});
