import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTemplate } from '../../src/app/templates.ts';
import { rawRequest } from '../local-cloud/front/raw-request.ts';
import { buildSite, contentOf, siteNames } from '../support/build-site.ts';
import { openProject, type Project, smallSite } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { writeTree } from '../support/write-tree.ts';
import { type Address, addressesOf, spell } from './publish/addresses.ts';
import { typeOf } from './publish/content-types.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

const mutable = 'public, max-age=0, s-maxage=86400, must-revalidate';
const immutable = 'public, max-age=31536000, immutable';

describe.each(siteNames)('the shape %s', (name) => {
  test('answers every file at every address, with its type and age', async () => {
    const project = openProject(cloud, {});
    const files = buildSite(name, join(project.cwd, 'dist')).filter(({ path }) => path !== '.nojekyll');
    const { domain, files: told } = await project.publish();
    const own = files.some(({ path }) => path === '404.html') ? [] : ['_cdnpub/404.html'];
    expect([...told.added].sort()).toEqual([...files.map(({ path }) => path.normalize('NFC')), ...own].sort());
    expect(told.leftOut).toEqual(['.nojekyll']);
    const keys = new Set(files.map(({ path }) => path.normalize('NFC')));
    const wrong: string[] = [];
    for (const { path, size, fingerprinted } of files) {
      const file = { bytes: contentOf(path, size), type: typeOf(path), age: fingerprinted ? immutable : mutable };
      for (const address of addressesOf(path.normalize('NFC'), keys))
        wrong.push(...(await check(domain, address, file)));
    }
    expect(wrong).toEqual([]);
  });
});

interface Expected {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly age: string;
  readonly encoding?: string;
}

/** What is wrong with the answer at an address, in words. */
async function check(domain: string, { path, leadsTo }: Address, file: Expected): Promise<readonly string[]> {
  const { status, headers, bytes } = await cloud.ask(domain, path);
  if (leadsTo !== undefined) {
    const led = status === 301 && sameAddress(headers.location, leadsTo);
    return led ? [] : [`${path}: ${status} ${headers.location} instead of 301 ${leadsTo}`];
  }
  const facts = [
    ['status', status, 200],
    ['bytes', Buffer.compare(bytes, file.bytes), 0],
    ['type', headers['content-type'], file.type],
    ['age', headers['cache-control'], file.age],
    ['encoding', headers['content-encoding'], file.encoding],
  ] as const;
  return facts
    .filter(([, is, should]) => is !== should)
    .map(([what, is, should]) => `${path}: ${what} ${is} instead of ${should}`);
}

/** Addresses may be encoded more than they must be. */
const sameAddress = (location: string | undefined, wanted: string): boolean =>
  location?.startsWith('/') === true && decodeURIComponent(location) === decodeURIComponent(wanted);

interface AwkwardFile extends Partial<Omit<Expected, 'bytes'>> {
  readonly bytes: Uint8Array | string;
  /** Other spellings that must serve it, too. */
  readonly also?: readonly string[];
}

describe('awkward names', () => {
  const long = `${'long-name/'.repeat(98)}ninety`.slice(0, 989);
  const script = 'export const x = 1;\n'.repeat(50);
  const big = contentOf('big.bin', 40_000_000);
  /** Key → content, and what is special about how it is served. */
  const files: Readonly<Record<string, AwkwardFile>> = {
    'index.html': { bytes: '<p>home', also: ['//', '/?list-type=2', '/?prefix=.cdnpub/', '/?x=1#y'] },
    '404.html': { bytes: '<p>nothing' },
    'a b/c d.html': { bytes: 'spaces', also: ['//a%20b//c%20d'] },
    'plus+sign/index.html': { bytes: 'plus', also: ['/plus%2Bsign/', '/plus%2bsign/'] },
    'r&d/index.html': { bytes: 'ampersand', also: ['/r&d/', '/r%26d/'] },
    '[slug]/page.html': { bytes: 'brackets', also: ['/[slug]/page'] },
    'til~de.txt': { bytes: 'tilde', also: ['/til%7Ede.txt', '/til%7ede.txt'] },
    '100% sure.txt': { bytes: 'percent' },
    'hash#tag.txt': { bytes: 'hash' },
    'what?.txt': { bytes: 'question' },
    "it's (a) star*!.txt": { bytes: 'marks' },
    'a=1;b,c:d@e$.json': { bytes: '{}', type: 'application/json; charset=utf-8' },
    'back\\slash.txt': { bytes: 'backslash' },
    '文档/你好.html': { bytes: 'CJK' },
    'caf\u00e9/index.html': { bytes: 'NFC', also: ['/cafe%CC%81/', '/caf%c3%a9/'] },
    'smile-\u{1f600}.txt': { bytes: 'astral' },
    [`${long}/index.html`]: { bytes: 'a key of 1,000 bytes' },
    'empty.txt': { bytes: '' },
    'nothing/index.html': { bytes: '' },
    'linked.txt': { bytes: 'tilde' },
    'linked/page.html': { bytes: 'brackets' },
    'big.bin': { bytes: big, type: 'application/octet-stream' },
    'v1.2/index.html': { bytes: 'dotted folder' },
    'struct.Foo.html': { bytes: 'dotted page' },
    'both.html': { bytes: 'a page' },
    'both/index.html': { bytes: 'and a folder' },
    'UPPER.HTML': { bytes: 'upper', type: 'text/html; charset=utf-8' },
    LICENSE: { bytes: 'no extension', type: 'text/plain; charset=utf-8' },
    '.well-known/apple-app-site-association': { bytes: '{"applinks":{}}', type: 'application/json' },
    'lib/twin.js': { bytes: script },
    'lib/twin.js.gz': { bytes: gzipSync(script), type: 'text/javascript; charset=utf-8', encoding: 'gzip' },
    'lib/twin.js.br': { bytes: brotliCompressSync(script), type: 'text/javascript; charset=utf-8', encoding: 'br' },
    'lib/alone.js.br': { bytes: brotliCompressSync(script), type: 'text/javascript; charset=utf-8', encoding: 'br' },
    'data.csv.gz': { bytes: gzipSync('a,b'), type: 'application/gzip' },
    'site.tar.gz': { bytes: gzipSync('tar'), type: 'application/gzip' },
    'icon.svgz': { bytes: gzipSync('<svg/>'), type: 'image/svg+xml; charset=utf-8', encoding: 'gzip' },
  };
  const keys = new Set(Object.keys(files));
  /** On disk, where they differ from the keys. */
  const sources: Readonly<Record<string, string>> = { 'caf\u00e9/index.html': 'cafe\u0301/index.html' };
  const links: readonly string[] = ['linked.txt', 'linked/page.html'];

  let project: Project;
  let domain: string;
  test('all go up', async () => {
    project = openProject(cloud, {});
    const dist = join(project.cwd, 'dist');
    const plain = Object.entries(files).filter(([key]) => !links.includes(key));
    writeTree(dist, Object.fromEntries(plain.map(([key, { bytes }]) => [sources[key] ?? key, bytes])));
    writeTree(dist, {
      '.nojekyll': '',
      '.DS_Store': '',
      '.env': 'SECRET=1',
      '.hidden/x': '',
      _redirects: '',
      'node_modules/x.js': '',
    });
    symlinkSync('til~de.txt', join(dist, 'linked.txt'));
    symlinkSync('[slug]', join(dist, 'linked'));
    symlinkSync('/etc/hostname', join(dist, 'outside.txt'));
    const published = await project.publish(['--allow-project-root']);
    domain = published.domain;
    expect(new Set(published.files.added)).toEqual(keys);
    expect(published.files.leftOut.map((path) => path.replace(/\/$/, '')).sort()).toEqual(
      ['.DS_Store', '.env', '.hidden', '.nojekyll', '_redirects', 'node_modules', 'outside.txt'].sort(),
    );
    expect(published.bytes.uploaded).toBe(published.bytes.total);
  });

  test.each(Object.entries(files))('%s', async (key, { also = [], ...file }) => {
    const expected = { type: file.type ?? typeOf(key), age: mutable, ...file, bytes: Buffer.from(file.bytes) };
    const addresses = [...addressesOf(key, keys), ...also.map((path): Address => ({ path, serves: key }))];
    const wrong = await Promise.all(addresses.map((address) => check(domain, address, expected)));
    expect(wrong.flat()).toEqual([]);
  });

  test('nothing was left to do', async () => {
    expect(await project.deploy(['--allow-project-root'])).toMatchObject({
      ok: true,
      state: 'unchanged',
      files: { leftOut: expect.any(Array) },
    });
  });
});

describe('what is not for visitors', () => {
  let project: Project;
  let domain: string;
  beforeAll(async () => {
    project = openProject(cloud);
    domain = (await project.publish()).domain;
  });

  test.each([
    '/.cdnpub/site.json',
    '/.cdnpub/channels/live/manifest',
    '/.cdnpub/',
    '/.cdnpub',
    '//.cdnpub/site.json',
    '/.cdnpub//site.json',
    '/%2ecdnpub/site.json',
    '/%2E%63dnpub/site.json',
    '/.cdnpub%2Fsite.json',
    '/about/../.cdnpub/site.json',
    '/about/%2e%2e/.cdnpub/site.json',
    '/./.cdnpub/site.json',
    '/_cdnpub/p/x/index.html',
    '/%E0%A4%A/',
    '/nope/',
    '/style.css/',
    '/assets/nope.js',
    '/about/nope.html',
    `/${'x'.repeat(1100)}`,
  ])('%s is the 404 page', async (path) => {
    const { status, text, headers } = await cloud.ask(domain, path);
    expect({ status, text }).toEqual({ status: 404, text: smallSite['404.html'] });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('a path without its slash that nobody knows leads to the 404 page in one step', async () => {
    const { status, headers } = await cloud.ask(domain, '/nope');
    expect({ status, location: headers.location }).toEqual({ status: 301, location: '/nope/' });
  });

  test.each(['/?list-type=2', '/?prefix=.cdnpub/', '//?list-type=2', '/?versions', '/?policy', '/?location', '/?acl'])(
    '%s is the home page and no listing',
    async (path) => {
      const { status, text } = await cloud.ask(domain, path);
      expect({ status, text }).toEqual({ status: 200, text: smallSite['index.html'] });
    },
  );

  test.each(['PUT', 'POST', 'DELETE', 'PATCH'])('%s is not taken', async (method) => {
    expect((await cloud.ask(domain, '/index.html', { method })).status).toBe(403);
    expect((await cloud.ask(domain, '/')).text).toBe(smallSite['index.html']);
  });

  test.each(['/index.html', '/.cdnpub/site.json', '', '/', '/?list-type=2', '/?versions', '/?policy'])(
    'the bucket refuses strangers: %s',
    async (path) => {
      const port = Number(new URL(cloud.cloud.endpoint).port);
      const { status, text } = await rawRequest({
        port,
        path: `/${project.bucket}${path}`,
        headers: { host: 'localhost' },
      });
      expect(status).toBe(403);
      expect(text).toContain('AccessDenied');
    },
  );

  test('the answers say nothing of S3 and carry the security headers', async () => {
    for (const path of ['/', '/style.css', '/nope']) {
      const { headers } = await cloud.ask(domain, path);
      expect(Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !/^x-amz-cf-/.test(name))).toEqual([]);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'strict-origin-when-cross-origin',
      });
    }
  });

  test('text is compressed for those who take it', async () => {
    project.build({ 'large.css': 'p { margin: 0 }\n'.repeat(200) });
    await project.publish();
    const { headers, bytes } = await cloud.ask(domain, '/large.css', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(headers).toMatchObject({ 'content-encoding': 'br', 'content-type': 'text/css; charset=utf-8' });
    expect(brotliDecompressSync(bytes).toString()).toBe('p { margin: 0 }\n'.repeat(200));
  });
});

/** Settings that decide which object answers, each on one small site. */
const settings: readonly {
  readonly config: object;
  readonly without?: readonly string[];
  readonly answers: Readonly<Record<string, readonly [number, string | RegExp]>>;
}[] = [
  {
    config: { spa: true },
    answers: {
      '/': [200, /home/],
      '/some/route': [200, /home/],
      '/about/': [200, /about/],
      '/assets/gone.js': [404, /nothing here/],
      '/gone.png': [404, /nothing here/],
    },
  },
  {
    config: { cleanUrls: false },
    answers: { '/about/': [200, /about/], '/about/index.html': [200, /about/], '/page.html': [200, /page/] },
  },
  {
    config: { trailingSlash: false },
    answers: { '/about': [200, /about/], '/about/': [301, '/about'], '/page': [200, /page/], '/page/': [301, '/page'] },
  },
  {
    config: { trailingSlash: true },
    answers: { '/about': [301, '/about/'], '/page/': [200, /page/], '/page': [301, '/page/'] },
  },
  {
    config: { prefix: 'docs/v1' },
    answers: {
      '/': [200, /home/],
      '/about/': [200, /about/],
      '/nope': [404, /nothing here/],
      '/.cdnpub/site.json': [404, /nothing here/],
      '/docs/v1/index.html': [404, /nothing here/],
    },
  },
  { config: { notFound: 'page.html' }, answers: { '/nope': [404, /page/] } },
  { config: {}, without: ['404.html'], answers: { '/nope': [404, /There is no page at this address/] } },
];

test.each(settings.map((row) => [JSON.stringify({ ...row.config, without: row.without }), row] as const))(
  'settings %s',
  async (_, { config, without = [], answers }) => {
    const beside = { 'cdnpub.config.json': JSON.stringify(config) };
    const project = openProject(cloud, { ...smallSite, 'page.html': '<p>page' }, beside);
    project.unbuild(...without);
    const { domain } = await project.publish();
    for (const [path, [status, what]] of Object.entries(answers)) {
      const answer = await cloud.ask(domain, path);
      const got = status === 301 ? answer.headers.location : answer.text;
      expect(answer.status, path).toBe(status);
      if (typeof what === 'string') expect(got, path).toBe(what);
      else expect(got, path).toMatch(what);
    }
    expect(await project.deploy()).toMatchObject({ ok: true, state: 'unchanged' });
  },
);

test('the own 404 page is the template’s', async () => {
  const project = openProject(cloud, { 'index.html': '<p>home' });
  const { domain, files } = await project.publish();
  expect(files.added).toEqual(['_cdnpub/404.html', 'index.html']);
  expect((await cloud.ask(domain, spell('nope'))).text).toBe(await readTemplate('404.html'));
});
