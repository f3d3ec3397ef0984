import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../src/config/read-settings.ts';
import { tempTree } from './temp-tree.ts';

test('with nothing but a folder the name is detected', async () => {
  const root = tempTree({ 'package.json': '{"name":"@acme/blog"}', 'dist/index.html': '' });
  const { settings, file } = await readSettings({ cwd: root, flags: { dir: 'dist' }, env: {} });
  expect(settings).toMatchObject({ site: 'blog', siteSource: 'package.json', dir: join(root, 'dist') });
  expect(file).toBeUndefined();
});

test('the config gives folder and name; a name that cannot be detected is then nobody\u2019s concern', async () => {
  const root = tempTree({
    'cdnpub.config.json': '{"site":"docs","dir":"out"}',
    'package.json': '{"name":"!"}',
    'sub/x': '',
  });
  const { settings, file } = await readSettings({ cwd: join(root, 'sub'), flags: {}, env: {} });
  expect(settings).toMatchObject({ site: 'docs', siteSource: 'cdnpub.config.json', dir: join(root, 'out') });
  expect(file?.path).toBe(join(root, 'cdnpub.config.json'));
});

test('variables are relative to the working folder, and weaker than what is typed', async () => {
  const root = tempTree({ 'a/index.html': '', 'b/index.html': '' });
  const env = { CDNPUB_DIR: 'a', CDNPUB_SITE: 'abc' };
  expect((await readSettings({ cwd: root, flags: {}, env })).settings.dir).toBe(join(root, 'a'));
  expect((await readSettings({ cwd: root, flags: { dir: 'b' }, env })).settings.dir).toBe(join(root, 'b'));
});

test('a config beside the build is found from there', async () => {
  const root = tempTree({
    'shop/cdnpub.config.json': '{"env":{"s":{"region":"eu-west-1"}}}',
    'shop/dist/index.html': '',
  });
  const { settings } = await readSettings({ cwd: root, flags: { dir: 'shop/dist', env: 's' }, env: {} });
  expect(settings).toMatchObject({ site: expect.stringMatching(/-s$/), region: 'eu-west-1' });
});

test('a name that is no name, and no folder', async () => {
  const root = tempTree({ 'package.json': '{"name":"x"}', 'dist/index.html': '' });
  await expect(readSettings({ cwd: root, flags: { dir: 'dist' }, env: {} })).rejects.toMatchObject({
    code: 'E_CONFIG',
  });
  await expect(readSettings({ cwd: root, flags: {}, env: {} })).rejects.toThrow('no folder is given');
});
