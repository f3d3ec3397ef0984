import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { CdnpubError } from '../../src/model/cdnpub-error.ts';
import { tempTree } from './temp-tree.ts';

const load = (root: string, place: { cwd?: string; dir?: string; file?: string } = {}) =>
  loadConfig({
    cwd: join(root, place.cwd ?? ''),
    dir: place.dir === undefined ? undefined : join(root, place.dir),
    file: place.file,
  });

async function refusal(root: string, place: Parameters<typeof load>[1] = {}): Promise<CdnpubError> {
  const error = await load(root, place).then(
    () => undefined,
    (thrown: CdnpubError) => thrown,
  );
  if (error?.code !== 'E_CONFIG') throw new Error('E_CONFIG was expected', { cause: error });
  return error;
}

describe('where the config is found', () => {
  test('nowhere', async () => {
    expect(await load(tempTree({ 'package.json': '{"name":"x"}' }))).toBeUndefined();
  });

  test.each([
    ['cdnpub.config.json', '{"site":"abc"}', 'cdnpub.config.json'],
    ['cdnpub.config.jsonc', '// c\n{"site":"abc",}', 'cdnpub.config.jsonc'],
    ['package.json', '{"name":"x","cdnpub":{"site":"abc"}}', 'package.json#cdnpub'],
    ['cdnpub.config.yaml', '# c\nsite: abc\n', 'cdnpub.config.yaml'],
    ['cdnpub.config.yml', 'site: abc', 'cdnpub.config.yml'],
    ['cdnpub.config.mjs', "export default { site: 'abc' };", 'cdnpub.config.mjs'],
    ['cdnpub.config.js', "export default { site: 'abc' };", 'cdnpub.config.js'],
    ['cdnpub.config.cjs', "module.exports = { site: 'abc' };", 'cdnpub.config.cjs'],
    [
      'cdnpub.config.ts',
      "import type { Config } from 'cdnpub';\nconst site: string = 'abc';\nexport default { site } satisfies Config;",
      'cdnpub.config.ts',
    ],
  ])('in %s', async (file, text, name) => {
    const root = tempTree({ [file]: text });
    expect(await load(root)).toMatchObject({ path: join(root, file), name, config: { site: 'abc' } });
  });

  test('and tells on which line a value stands', async () => {
    const text =
      '{\n  "site": "abc",\n  "redirects": [\n    { "from": "/a", "to": "/b" },\n    { "from": "/c", "to": "/d" }\n  ]\n}';
    const found = await load(tempTree({ 'cdnpub.config.json': text }));
    expect(found?.lineOf?.(['redirects', 1])).toBe(5);
    const inside = await load(tempTree({ 'package.json': `{\n"name": "x",\n"cdnpub": ${text}}` }));
    expect(inside?.lineOf?.(['redirects', 0])).toBe(6);
  });

  test('the nearest to the build wins over the working folder', async () => {
    const root = tempTree({
      'cdnpub.config.json': '{"site":"top"}',
      'a/cdnpub.config.json': '{"site":"near"}',
      'b/cdnpub.config.json': '{"site":"cwd"}',
      'a/dist/index.html': '',
    });
    expect((await load(root, { cwd: 'b', dir: 'a/dist' }))?.config.site).toBe('near');
    expect((await load(root, { cwd: 'b' }))?.config.site).toBe('cwd');
    expect((await load(root, { cwd: 'a/dist' }))?.config.site).toBe('near');
  });

  test('from the working folder where the build has none above it', async () => {
    const other = tempTree({ 'dist/index.html': '' });
    const root = tempTree({ 'cdnpub.config.json': '{"site":"cwd"}' });
    expect((await loadConfig({ cwd: root, dir: join(other, 'dist') }))?.config.site).toBe('cwd');
  });

  test('a folder of the build that does not exist yet is no hindrance', async () => {
    const root = tempTree({ 'cdnpub.config.json': '{"site":"abc"}' });
    expect((await load(root, { cwd: 'x/y', dir: 'p/dist' }))?.config.site).toBe('abc');
  });

  test('not above the root of the repository', async () => {
    const root = tempTree({ 'cdnpub.config.json': '{"site":"abc"}', 'inner/.git/HEAD': '', 'inner/dist/a': '' });
    expect(await load(root, { cwd: 'inner/dist' })).toBeUndefined();
  });

  test('a package.json without the key is passed over', async () => {
    const root = tempTree({ 'package.json': '{"cdnpub":{"site":"abc"}}', 'p/package.json': '{"keywords":["cdnpub"]}' });
    expect((await load(root, { cwd: 'p' }))?.config.site).toBe('abc');
  });

  test('a named file is read, wherever it lies', async () => {
    const root = tempTree({
      'conf/site.json': '{"site":"abc","dir":"../out"}',
      'cdnpub.config.json': '{"site":"other"}',
    });
    expect(await load(root, { file: 'conf/site.json' })).toMatchObject({
      name: 'site.json',
      config: { site: 'abc', dir: join(root, 'out') },
    });
  });

  test('folders in it are relative to it', async () => {
    const root = tempTree({
      'a/cdnpub.config.json': '{"dir":"dist","env":{"s":{"dir":"../s","bucket":"abc"},"t":{}}}',
    });
    expect((await load(root, { cwd: 'a/b' }))?.config).toEqual({
      dir: join(root, 'a/dist'),
      env: { s: { dir: join(root, 's'), bucket: 'abc' }, t: {} },
    });
  });
});

describe('what is refused', () => {
  test.each([
    [{ 'cdnpub.config.json': '{}', 'cdnpub.config.jsonc': '{}' }, 'cdnpub.config.json and cdnpub.config.jsonc'],
    [{ 'cdnpub.config.json': '{}', 'package.json': '{"cdnpub":{}}' }, 'cdnpub.config.json and package.json#cdnpub'],
    [{ 'cdnpub.config.json': '{}', 'cdnpub.config.ts': '' }, 'cdnpub.config.json and cdnpub.config.ts'],
  ])('two in one folder (row %#)', async (files, names) => {
    expect((await refusal(tempTree(files))).message).toBe(`this folder has two configs: ${names}`);
  });

  test('a named file of another kind', async () => {
    const root = tempTree({ 'site.toml': '' });
    expect((await refusal(root, { file: 'site.toml' })).message).toMatch(
      /^site\.toml is no kind of config; known are json/,
    );
  });

  test('a named file that is missing', async () => {
    expect((await refusal(tempTree({}), { file: 'x.json' })).message).toBe('there is no config x.json');
  });
});

describe('problems', () => {
  test('all are told, each with its line and column', async () => {
    const text = `{
  // where it goes
  "site": "My Site",
  "hedaers": [],
  "headers": [
    { "match": "*" },
    { "match": "a", "set": "x" },
    { "set": { "A B": "c" } }
  ],
  "retention": { "assets": 30 }
}`;
    const root = tempTree({ 'cdnpub.config.json': text });
    const error = await refusal(root);
    expect(error.message).toBe(
      [
        'cdnpub.config.json has 6 problems:',
        '  cdnpub.config.json:3:11 site: only lower-case letters, digits and - are allowed',
        '  cdnpub.config.json:4:3 hedaers: unknown key; did you mean headers?',
        '  cdnpub.config.json:7:28 headers[1].set: expected object, found "x"',
        '  cdnpub.config.json:8:5 headers[2].match: match is missing',
        '  cdnpub.config.json:8:23 headers[2].set["A B"]: this is no header name',
        '  cdnpub.config.json:10:28 retention.assets: expected string, found 30',
      ].join('\n'),
    );
    expect(error.details.problems).toHaveLength(6);
    expect(error.details.problems).toContainEqual({
      file: join(root, 'cdnpub.config.json'),
      line: 7,
      column: 28,
      path: 'headers[1].set',
      message: 'expected object, found "x"',
    });
  });

  test('in a package.json the path begins at its key', async () => {
    const root = tempTree({ 'package.json': '{\r\n  "name": "x",\r\n  "cdnpub": { "cdn": 1 }\r\n}' });
    expect((await refusal(root)).message).toContain('package.json:3:22 cdnpub.cdn: expected boolean, found 1');
  });

  test.each([
    ['{ "site": "abc" "dir": "x" }', '1:17 comma expected'],
    ['{\n  "site": \n}', '3:1 value expected'],
    ['', '1:1'],
    ['{ "site": "a', '1:11'],
    ['{ "site": "abc", "cdn": true, "site": "def" }', '1:31 site: this key stands here twice'],
    ['[]', '1:1 expected object, found array'],
    ['{ "env": { "a": { "cdn": 1, "cdn": 2 } } }', '1:29 env.a.cdn: this key stands here twice'],
  ])('%s', async (text, expected) => {
    expect((await refusal(tempTree({ 'cdnpub.config.json': text }))).message).toContain(
      `cdnpub.config.json:${expected}`,
    );
  });

  test('a package.json with a mistake elsewhere is not passed over', async () => {
    const root = tempTree({ 'package.json': '{ "cdnpub": { "site": "abc" }, "name": }' });
    expect((await refusal(root)).message).toContain('value expected');
  });

  test('a byte order mark is no mistake', async () => {
    expect((await load(tempTree({ 'cdnpub.config.json': '\uFEFF{"site":"abc"}' })))?.config.site).toBe('abc');
  });

  test('in YAML, with their places', async () => {
    const text =
      'site: My Site\nhedaers: []\nheaders:\n  - match: "*"\n  - set:\n      A B: c\nretention: { assets: 30 }\n';
    expect((await refusal(tempTree({ 'cdnpub.config.yaml': text }))).message).toBe(
      [
        'cdnpub.config.yaml has 5 problems:',
        '  cdnpub.config.yaml:1:7 site: only lower-case letters, digits and - are allowed',
        '  cdnpub.config.yaml:2:1 hedaers: unknown key; did you mean headers?',
        '  cdnpub.config.yaml:5:5 headers[1].match: match is missing',
        '  cdnpub.config.yaml:6:12 headers[1].set["A B"]: this is no header name',
        '  cdnpub.config.yaml:7:22 retention.assets: expected string, found 30',
      ].join('\n'),
    );
  });

  test.each([
    ['site: a: b', '1:'],
    ['site: abc\nsite: def', '2:1 this key stands here twice'],
    ['', '1:1 the file is empty'],
    ['[]', '1:1 expected object, found array'],
    ['site: "abc', '1:'],
  ])('YAML that is none: %j', async (text, expected) => {
    expect((await refusal(tempTree({ 'cdnpub.config.yaml': text }))).message).toContain(
      `cdnpub.config.yaml:${expected}`,
    );
  });

  test('in a program, as near as can be told', async () => {
    const text = "const cdn = 1;\nexport default {\n  site: 'My Site',\n  retention: {\n    assets: 30,\n  },\n};\n";
    expect((await refusal(tempTree({ 'cdnpub.config.ts': text }))).message).toBe(
      [
        'cdnpub.config.ts has 2 problems:',
        '  cdnpub.config.ts:3:3 site: only lower-case letters, digits and - are allowed',
        '  cdnpub.config.ts:5:5 retention.assets: expected string, found 30',
      ].join('\n'),
    );
  });

  test.each([
    ['export default () => ({});', 'its default export is a function'],
    ["throw new Error('no luck');", 'no luck'],
    ['export default {', 'could not be run'],
    ["import 'not-installed-anywhere';\nexport default {};", 'not-installed-anywhere'],
  ])('a program that gives no config: %s', async (text, expected) => {
    expect((await refusal(tempTree({ 'cdnpub.config.ts': text }))).message).toContain(expected);
  });
});
