import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Explain, openExplainer } from '../../src/app/explain/open-explainer.ts';
import type { Viewer } from '../../src/app/explain/viewer.ts';
import type { Settings } from '../../src/model/settings.ts';
import type { Hop } from '../../src/plan/explain/explanation.ts';
import type { EdgeAnswer } from '../support/fetch-edge.ts';
import { type Bench, deployOptions, openBench } from '../support/open-bench.ts';
import type { Tree } from '../support/temp-dir.ts';

/** What explain says is held to what the local edge then serves: status, location, the bytes of the key, and headers. */

const page = (name: string): string => `<!doctype html><title>${name}</title>${'<p>text</p>'.repeat(10)}`;

const build: Tree = {
  'index.html': page('home'),
  '404.html': page('lost'),
  'docs/index.html': page('docs'),
  'docs/deep.html': page('deep'),
  'about.html': page('about'),
  'both.html': page('both page'),
  'both/index.html': page('both folder'),
  'a b.html': page('a b'),
  'café.html': page('café'),
  'logo.svg': '<svg/>',
  CNAME: 'example.com',
  'assets/app-3f9a1c2b.js': 'export {};',
  'img/x.png': 'x',
  _redirects: [
    '/old /about 301',
    '/chain /old 302',
    '/round /about-round',
    '/about-round /round-end 302',
    '/forced/* /docs/:splat 301!',
    '/way/* /docs/:splat 200',
    '/gone /404.html 410',
    '/out https://example.com/x',
    '/q id=:id /docs/:id 302',
    '/shop /docs/ 302 Language=fr',
    '/beta /about 302 Cookie=beta',
    '/one /two',
    '/two /one',
    '/tea /about 404',
  ].join('\n'),
  _headers: [
    '/*',
    '  X-All: 1',
    '  X-Frame-Options: DENY',
    '/docs/*',
    '  Cache-Control: public, max-age=60',
    '  X-Doc: :splat',
    '/img/*',
    '  ! X-Frame-Options',
    '  Set-Cookie: seen=1; Path=/',
    '/404.html',
    '  Cache-Control: no-store',
  ].join('\n'),
};

/** Headers that S3 and CloudFront put on by themselves. */
const theirs =
  /^(?:date|etag|last-modified|content-length|accept-ranges|server|via|x-cache|x-amz-.*|age|connection|keep-alive|vary|transfer-encoding|alt-svc)$/;

const nobody: Viewer = { method: 'GET', headers: [], country: null, ip: '127.0.0.1' };

type Row = readonly [path: string, expected: string, viewer?: Partial<Viewer>];

interface Deployed extends Bench {
  readonly domain: string;
  readonly settings: Partial<Settings>;
}

async function openDeployed(files: Tree, settings: Partial<Settings>): Promise<Deployed> {
  const bench = await openBench(files);
  const { domain } = await bench.publish({ settings });
  await bench.time.advance(600_000);
  return { ...bench, domain, settings };
}

/** Of a build and of the live site. */
async function explainers({ project, time, settings }: Deployed, viewer: Viewer): Promise<readonly [Explain, Explain]> {
  const wire = deployOptions(project, time.clock(), { settings });
  return [
    await openExplainer({ viewer, of: { kind: 'build', ...wire } }),
    await openExplainer({ viewer, of: { kind: 'live', wire } }),
  ];
}

/** `301 /docs/ → 200 docs/index.html`. */
const inShort = (hops: readonly Hop[], end: string): string =>
  [...hops.map(({ answer }) => tellAnswer(answer)), ...(end === 'answered' ? [] : [end])].join(' → ');

function tellAnswer(answer: Hop['answer']): string {
  if (answer.kind === 'redirect') return `${answer.status} ${answer.location}`;
  if (answer.kind === 'file') return `${answer.status} ${answer.key}`;
  return answer.kind === 'origin' ? `origin ${answer.path}` : `${answer.status}`;
}

function servedBy({ status, headers, text }: EdgeAnswer) {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((one) => `${name}: ${one}`),
  );
  return { status, headers: lines.filter((line) => !theirs.test(line.split(':')[0] ?? '')).sort(), text };
}

function explainedBy({ answer, headers }: Hop, dist: string, method: string) {
  const lines = headers.flatMap(({ name, value }) => (value === null ? [] : [`${name}: ${value}`]));
  const text = answer.kind === 'file' && method !== 'HEAD' ? textOf(dist, answer.key) : '';
  return { status: 'status' in answer ? answer.status : 0, headers: lines.sort(), text };
}

const textOf = (dist: string, key: string): string =>
  key === '_cdnpub/404.html'
    ? readFileSync(new URL('../../templates/404.html', import.meta.url), 'utf8')
    : readFileSync(join(dist, key.replace(/^base\//, '')), 'utf8');

function table(name: string, files: Tree, settings: Partial<Settings>, rows: readonly Row[]): void {
  test(`${name}: explains what is then served, a hop at a time`, async () => {
    const site = await openDeployed(files, settings);
    const known = new Map<string, readonly [Explain, Explain]>();
    const found: string[] = [];
    for (const [path, , given] of rows) {
      const viewer = { ...nobody, ...given };
      const both = known.get(JSON.stringify(viewer)) ?? (await explainers(site, viewer));
      known.set(JSON.stringify(viewer), both);
      const told = await Promise.all(both.map((explain) => compare(site, explain, viewer, path)));
      found.push([...new Set(told)].join(' | '));
    }
    expect(found).toEqual(rows.map(([, expected]) => expected));
  });
}

/** What explain says in short, once it is sure that the edge serves every hop so. */
async function compare(site: Deployed, explain: Explain, viewer: Viewer, path: string): Promise<string> {
  const { host } = new URL(site.cloud.cloud.urlOf(site.domain));
  const { hops, end, from } = explain(`http://${host}${path}`);
  const options = { method: viewer.method, headers: Object.fromEntries(viewer.headers) };
  for (const hop of hops) {
    const served = servedBy(await site.cloud.ask(site.domain, hop.path, options));
    const explained = explainedBy(hop, join(site.project.cwd, 'dist'), viewer.method);
    expect(explained, `${from} ${hop.path}`).toEqual(hop.answer.kind === 'file' ? served : { ...served, text: '' });
  }
  return inShort(hops, end);
}

table('a site with rules', build, {}, [
  ['/', '200 index.html'],
  ['//', '200 index.html'],
  ['/?list-type=2', '200 index.html'],
  ['/index.html', '301 / → 200 index.html'],
  ['/docs', '301 /docs/ → 200 docs/index.html'],
  ['/docs/?a=1', '200 docs/index.html'],
  ['/docs/deep', '200 docs/deep.html'],
  ['/docs/deep.html?x', '301 /docs/deep?x → 200 docs/deep.html'],
  ['/both', '200 both.html'],
  ['/both/', '200 both/index.html'],
  ['/a%20b', '200 a b.html'],
  ['/cafe%CC%81', '200 café.html'],
  ['/CNAME', '200 CNAME'],
  ['/CNAME/', '404 404.html'],
  ['/logo.svg', '200 logo.svg'],
  ['/assets/app-3f9a1c2b.js', '200 assets/app-3f9a1c2b.js'],
  ['/assets/gone.js', '404 404.html'],
  ['/gone/x', '404 404.html'],
  ['/%zz', '404 404.html'],
  ['/.cdnpub/site.json', '404 404.html'],
  ['/404.html', '301 /404 → 200 404.html'],
  ['/old?a=b', '301 /about?a=b → 200 about.html'],
  ['/chain', '302 /old → 301 /about → 200 about.html'],
  ['/forced/deep', '301 /docs/deep → 200 docs/deep.html'],
  ['/way/deep', '200 docs/deep.html'],
  ['/gone', '410 404.html'],
  ['/out', '301 https://example.com/x → elsewhere'],
  ['/q?id=deep', '302 /docs/deep?id=deep → 200 docs/deep.html'],
  ['/one', '301 /two → 301 /one → circle'],
  ['/tea', '404 about.html'],
  ['/img/x.png', '200 img/x.png'],
  ['/docs/', '200 docs/index.html', { method: 'HEAD' }],
  ['/old', '301 /about → 200 about.html', { method: 'HEAD' }],
  ['/docs/', '403', { method: 'POST' }],
  ['/shop', '302 /docs/ → 200 docs/index.html', { headers: [['accept-language', 'fr-CH, de;q=0.5']] }],
  ['/shop', '404 404.html'],
  ['/beta', '302 /about → 200 about.html', { headers: [['cookie', 'a=1; beta=2']] }],
]);

const app: Tree = { 'index.html': page('app'), 'terms.html': page('terms'), 'assets/app-3f9a1c2b.js': 'export {};' };

table('an application', app, { spa: 'index.html' }, [
  ['/', '200 index.html'],
  ['/user/7', '200 index.html'],
  ['/terms', '200 terms.html'],
  ['/assets/gone.js', '404 _cdnpub/404.html'],
]);

table('a slash always', build, { trailingSlash: true }, [
  ['/about', '301 /about/ → 200 about.html'],
  ['/about/', '200 about.html'],
  ['/docs/deep', '301 /docs/deep/ → 200 docs/deep.html'],
]);

table(
  'a build made for a base path',
  { 'index.html': page('home'), '404.html': page('lost'), 'a/index.html': page('a'), _redirects: '/base/old /base/a/' },
  { basePath: 'base/', notFound: 'base/404.html' },
  [
    ['/base/', '200 base/index.html'],
    ['/base/a', '301 /base/a/ → 200 base/a/index.html'],
    ['/base/old', '301 /base/a/ → 200 base/a/index.html'],
    ['/', '404 base/404.html'],
    ['/a/', '404 base/404.html'],
  ],
);

const ann = (password: string): Partial<Viewer> => ({
  headers: [['authorization', `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`]],
});

table(
  'a guarded site with 404 pages of its folders',
  { ...build, 'docs/404.html': page('lost in docs'), 'closed.html': page('closed') },
  {
    auth: {
      paths: ['/docs/deep', '/img/*'],
      users: { ann: { kind: 'text', text: 'correct horse battery' } },
      jwt: null,
    },
    maintenance: { page: 'closed.html', allow: [] },
  },
  [
    ['/docs/deep', '401'],
    ['/forced/deep', '301 /docs/deep → 401'],
    ['/way/deep', '401'],
    ['/img/', '401'],
    ['/docs/deep', '200 docs/deep.html', ann('correct horse battery')],
    ['/img/x.png', '200 img/x.png', ann('correct horse battery')],
    ['/img/x.png', '401', ann('another battery')],
    ['/docs/gone', '404 docs/404.html'],
    ['/gone.js', '404 404.html'],
    ['/gone', '410 404.html'],
    ['/', '200 index.html'],
  ],
);

test('explain tells rules by line, headers by who set them, and what would purge the answer', async () => {
  const site = await openDeployed(build, {});
  const [explain, live] = await explainers(site, nobody);
  const [first, last] = explain('/old').hops;
  expect(first?.causes).toEqual([{ kind: 'rule', where: '_redirects:1', text: '/old /about 301' }]);
  expect(last?.causes).toEqual([{ kind: 'cleanUrl', where: null, text: 'clean URL, trailingSlash auto' }]);
  expect(last?.cache).toEqual({ edgeSeconds: 86_400, browserSeconds: 0 });
  expect(last?.purgedBy).toEqual({ path: '/about.html', tags: ['k:/about.html', 'd:/', 'c:page'] });
  expect(live('/old').hops[0]?.causes).toEqual(first?.causes);
  const from = Object.fromEntries(explain('/docs/deep').hops[0]?.headers.map((one) => [one.name, one.from]) ?? []);
  expect(from).toMatchObject({
    'cache-control': '_headers:5 /docs/*',
    'x-doc': '_headers:6 /docs/*',
    'x-all': '_headers:2 /*',
    'content-type': 'cdnpub default',
    'x-content-type-options': 'cdnpub default',
  });
  expect(explain('/img/x.png').hops[0]?.headers).toContainEqual({
    ...{ name: 'x-frame-options', value: null, from: '_headers:8 /img/*' },
  });
});

test('explain asks no network for a build, and says so where nothing was published', async () => {
  const { project, time, cloud } = await openBench(build);
  const wire = deployOptions(project, time.clock());
  const { next } = await cloud.requests();
  const explain = await openExplainer({ viewer: nobody, of: { kind: 'build', ...wire } });
  expect(explain('/old').hops).toHaveLength(2);
  expect((await cloud.requests(next)).requests).toEqual([]);
  await expect(openExplainer({ viewer: nobody, of: { kind: 'live', wire } })).rejects.toMatchObject({
    code: 'E_CONFIG',
  });
});

test('to explain the live site writes nothing', async () => {
  const site = await openDeployed(build, {});
  const { next } = await site.cloud.requests();
  const wire = deployOptions(site.project, site.time.clock());
  const explain = await openExplainer({ viewer: nobody, of: { kind: 'live', wire } });
  expect(explain('/old')).toMatchObject({ from: 'live', release: expect.stringMatching(/^r-/), end: 'answered' });
  const { requests } = await site.cloud.requests(next);
  expect(requests.map(({ method }) => method).filter((method) => method !== 'GET' && method !== 'HEAD')).toEqual(
    requests.filter(({ op }) => op === 'GetCallerIdentity').map(() => 'POST'),
  );
});
