import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scanSite } from '../../src/site/scan-site.ts';
import { tempSite } from './temp-site.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const scan = (root: string, ignore: string[] = []) => scanSite({ root, ignore });
const keys = async (root: string, ignore: string[] = []) => (await scan(root, ignore)).files.map(({ key }) => key);
const refusal = async (root: string) =>
  await scan(root).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('files', () => {
  test('each has its key, source, size and SHA-256', async () => {
    const root = tempSite({ 'index.html': '<h1>', 'a/empty.txt': '' });
    expect((await scan(root)).files).toEqual([
      { key: 'a/empty.txt', source: 'a/empty.txt', size: 0, sha256: sha256('') },
      { key: 'index.html', source: 'index.html', size: 4, sha256: sha256('<h1>') },
    ]);
  });

  test('names that look like patterns are names', async () => {
    const odd = [
      '!x.txt',
      '#y',
      '(a)/[slug].html',
      'a+b & c.txt',
      'a\\b.txt',
      'data/!=(_:_:).json',
      'q?.txt',
      '{a,b}*.js',
      '~z',
      '…',
    ];
    const root = tempSite(Object.fromEntries(odd.map((name) => [name, name])));
    const { files } = await scan(root);
    expect(files.map(({ key }) => key).sort()).toEqual([...odd].sort());
    expect(files.every(({ key, sha256: digest }) => digest === sha256(key))).toBe(true);
  });

  test('keys come in the order of their UTF-8 bytes', async () => {
    const sorted = ['A.txt', 'a.txt', 'a/b.txt', 'a0.txt', '\u00e9.txt', '\uff5e.txt', '\u{1f600}.txt'];
    expect(await keys(tempSite(Object.fromEntries(sorted.map((name) => [name, '']))))).toEqual(sorted);
  });

  test('keys are NFC, sources as on disk', async () => {
    const { files } = await scan(tempSite({ 'cafe\u0301/menu.html': '' }));
    expect(files[0]).toMatchObject({ key: 'caf\u00e9/menu.html', source: 'cafe\u0301/menu.html' });
  });

  test('many files are hashed on threads, with the same result', async () => {
    const files = Object.fromEntries(Array.from({ length: 700 }, (_, n) => [`p/${n}.txt`, `page ${n}`]));
    const found = (await scan(tempSite(files))).files;
    expect(found).toHaveLength(700);
    expect(found.every(({ source, sha256: digest }) => digest === sha256(files[source] ?? ''))).toBe(true);
  });
});

describe('what stays out', () => {
  test('is listed with its reason', async () => {
    const root = tempSite({
      'index.html': '',
      '.well-known/apple-app-site-association': '{}',
      '.well-known/.DS_Store': '',
      '.git/config': '',
      '.env': 'A=1',
      '.htaccess': '',
      _redirects: '',
      'node_modules/a/index.js': '',
      'drafts/one.html': '',
      'docs/two.draft.html': '',
    });
    const { files, leftOut } = await scan(root, ['drafts/', '*.draft.html']);
    expect(files.map(({ key }) => key)).toEqual(['.well-known/apple-app-site-association', 'index.html']);
    expect(leftOut).toEqual([
      { path: '.env', reason: 'may hold secrets' },
      { path: '.git/', reason: 'version control' },
      { path: '.htaccess', reason: 'hidden' },
      { path: '.well-known/.DS_Store', reason: 'left by the operating system' },
      { path: '_redirects', reason: 'rules, not a page' },
      { path: 'docs/two.draft.html', reason: 'ignored by the config' },
      { path: 'drafts/', reason: 'ignored by the config' },
      { path: 'node_modules/', reason: 'installed packages' },
    ]);
  });

  test('patterns follow gitignore: negated, anchored, case counts', async () => {
    const root = tempSite({ 'a.map': '', 'keep.map': '', 'x/tmp/a.txt': '', 'tmp/a.txt': '', 'A.MAP': '' });
    expect(await keys(root, ['*.map', '!keep.map', '/tmp'])).toEqual(['A.MAP', 'keep.map', 'x/tmp/a.txt']);
  });

  test('a pipe is not opened', async () => {
    const root = tempSite({ 'index.html': '' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(await scan(root)).toMatchObject({
      files: [{ key: 'index.html' }],
      leftOut: [{ path: 'pipe', reason: 'not a file' }],
    });
  });
});

describe('links', () => {
  test('to files and folders inside are followed, also through the root itself', async () => {
    const root = tempSite({ 'real/index.wasm': 'w', 'real/deep/a.txt': 'a', 'b/index.html': '' });
    symlinkSync('../real/index.wasm', join(root, 'b/index.wasm'));
    symlinkSync('../real', join(root, 'b/copy'));
    const outer = tempSite({});
    symlinkSync(root, join(outer, 'dist'));
    expect(await keys(join(outer, 'dist'))).toEqual([
      'b/copy/deep/a.txt',
      'b/copy/index.wasm',
      'b/index.html',
      'b/index.wasm',
      'real/deep/a.txt',
      'real/index.wasm',
    ]);
  });

  test('that lead out, nowhere, back or to what stays out are left out and told', async () => {
    const outside = tempSite({ 'secret.txt': '' });
    const root = tempSite({ 'a/x.txt': '', 'b/y.txt': '', '.env': '', 'index.html': '', '.git/config': '' });
    symlinkSync(join(outside, 'secret.txt'), join(root, 'out.txt'));
    symlinkSync(outside, join(root, 'out'));
    symlinkSync('missing', join(root, 'nothing'));
    symlinkSync('self', join(root, 'self'));
    symlinkSync('..', join(root, 'a/up'));
    symlinkSync('.env', join(root, 'env.txt'));
    symlinkSync('.git', join(root, 'history'));
    const { files, leftOut } = await scan(root);
    expect(files.map(({ key }) => key)).toEqual(['a/x.txt', 'b/y.txt', 'index.html']);
    expect(Object.fromEntries(leftOut.map(({ path, reason }) => [path, reason]))).toMatchObject({
      'out.txt': 'a link that leaves the folder',
      out: 'a link that leaves the folder',
      nothing: 'a link to nothing',
      self: 'a link that leads to itself',
      'a/up': 'a link back to a folder that holds it',
      'env.txt': 'a link to .env, which stays out',
      history: 'a link to .git, which stays out',
    });
  });

  test('in a circle over two folders end', async () => {
    const root = tempSite({ 'a/x.txt': '', 'b/y.txt': '' });
    symlinkSync('../b', join(root, 'a/to-b'));
    symlinkSync('../a', join(root, 'b/to-a'));
    expect(await keys(root)).toEqual(['a/to-b/y.txt', 'a/x.txt', 'b/to-a/x.txt', 'b/y.txt']);
  });

  test('a folder beside the root whose name begins alike is outside', async () => {
    const parent = tempSite({ 'dist/index.html': '', 'dist-old/a.txt': '' });
    symlinkSync('../dist-old/a.txt', join(parent, 'dist/a.txt'));
    expect(await keys(join(parent, 'dist'))).toEqual(['index.html']);
  });
});

describe('folders that no site can be made of', () => {
  test('one that is missing', async () => {
    const root = join(tempSite({}), 'dist');
    expect(await refusal(root)).toMatchObject({
      code: 'E_DIR',
      message: `there is no folder ${root}`,
      hints: ['build the site first'],
    });
  });

  test('a file', async () => {
    const root = join(tempSite({ 'dist.zip': '' }), 'dist.zip');
    expect(await refusal(root)).toMatchObject({ code: 'E_DIR', message: `${root} is a file, not a folder` });
  });

  test('a path that the system refuses', async () => {
    expect(await refusal(`/${'x'.repeat(5000)}`)).toMatchObject({ code: 'E_DIR', details: { code: 'ENAMETOOLONG' } });
  });

  test('two files that make one key are both named', async () => {
    const root = tempSite({ 'caf\u00e9.html': '1', 'cafe\u0301.html': '2' });
    const error = await refusal(root);
    expect(error).toMatchObject({ code: 'E_DIR', details: { sources: ['cafe\u0301.html', 'caf\u00e9.html'] } });
    expect(String(error)).toContain('cafe\\u{301}.html');
  });

  test.each(['_cdnpub/404.html', '.cdnpub/site.json'])('one that holds %s', async (path) => {
    expect(await refusal(tempSite({ [path]: '', 'index.html': '' }))).toMatchObject({ code: 'E_DIR' });
  });

  test('but not the state of a local cloud, which stays out', async () => {
    const root = tempSite({ '.cdnpub/local/lock.json': '', 'index.html': '' });
    const scan = await scanSite({ root, ignore: [] });
    expect(scan.files.map(({ key }) => key)).toEqual(['index.html']);
    expect(scan.leftOut).toEqual([{ path: '.cdnpub/', reason: 'hidden' }]);
  });

  test('one with a name that is not UTF-8', async () => {
    const root = tempSite({ 'index.html': '' });
    writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff]), Buffer.from('.txt')]), '');
    expect(await refusal(root)).toMatchObject({ code: 'E_DIR', message: expect.stringContaining('not valid UTF-8') });
  });

  test('one with a replacement character that is truly in the name is fine', async () => {
    expect(await keys(tempSite({ 'odd\uFFFD.txt': '' }))).toEqual(['odd\uFFFD.txt']);
  });

  test('one with a line break in a name', async () => {
    const root = tempSite({ 'a\nb/index.html': '' });
    expect(await refusal(root)).toMatchObject({ code: 'E_DIR', message: expect.stringContaining('"a\\nb"') });
    expect(await keys(root, ['a*b/'])).toEqual([]);
  });
});

test('an empty folder is an empty scan', async () => {
  const root = tempSite({});
  mkdirSync(join(root, 'empty/deeper'), { recursive: true });
  expect(await scan(root)).toMatchObject({
    root,
    files: [],
    leftOut: [],
    secrets: [],
    project: { signs: [], probableBuild: null },
  });
});

test('secrets are named by key, found by name and by content', async () => {
  const root = tempSite({
    'index.html': '<h1>',
    'deploy/server.key': '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA',
    'notes.txt': '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk',
  });
  expect((await scan(root)).secrets).toEqual([
    { key: 'deploy/server.key', what: 'private key' },
    { key: 'notes.txt', what: 'private key' },
  ]);
});

describe('rule files', () => {
  test('those at the root are read and do not go up', async () => {
    const root = tempSite({ 'index.html': '', _headers: '/*\n X-A: é', _redirects: '/a /b', 'sub/_headers': '/x' });
    const { ruleFiles, files } = await scan(root);
    expect(ruleFiles).toEqual({ headers: '/*\n X-A: é', redirects: '/a /b' });
    expect(files.map(({ key }) => key)).toEqual(['index.html']);
  });

  test('a missing one, an ignored one, a folder and a link out of the build count as none', async () => {
    const outside = tempSite({ rules: '/* /evil' });
    const none = { headers: null, redirects: null };
    const root = tempSite({ '_headers/index.html': '' });
    expect((await scan(root)).ruleFiles).toEqual(none);
    symlinkSync(join(outside, 'rules'), join(root, '_redirects'));
    expect((await scan(root)).ruleFiles).toEqual(none);
    expect((await scan(tempSite({ _headers: '/*' }), ['_headers'])).ruleFiles).toEqual(none);
  });
});
