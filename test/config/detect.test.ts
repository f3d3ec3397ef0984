import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectSite } from '../../src/config/detect.ts';
import { tempTree } from './temp-tree.ts';

test.each([
  ['my-blog', 'my-blog'],
  ['@acme/Docs', 'docs'],
  ['My Blog!', 'my-blog'],
  ['a__b..c', 'a-b-c'],
  ['-x-y-', 'x-y'],
  ['Caf\u00e9 Zo\u00eb', 'cafe-zoe'],
])('the package %s is the site %s', (name, site) => {
  const root = tempTree({ 'package.json': JSON.stringify({ name }), 'dist/index.html': '' });
  expect(detectSite(join(root, 'dist'))).toEqual({ site, source: 'package.json' });
});

test('the nearest package.json with a name counts, one that is broken or has none does not', () => {
  const root = tempTree({
    'package.json': '{"name":"top"}',
    'app/package.json': '{"name":"near"}',
    'app/dist/package.json': '{"type":"module"}',
    'broken/package.json': '{',
  });
  expect(detectSite(join(root, 'app/dist')).site).toBe('near');
  expect(detectSite(join(root, 'broken')).site).toBe('top');
});

test.each([
  ['my-site/dist', 'my-site'],
  ['my-site/build', 'my-site'],
  ['my-site/out', 'my-site'],
  ['my-site/public', 'my-site'],
  ['my-site/_site', 'my-site'],
  ['my-site/www', 'my-site'],
  ['my-site/.output/public', 'my-site'],
  ['my-site/docs/.vitepress/dist', 'docs'],
  ['repo/dist/shop/browser', 'shop'],
  ['my-site/build/client', 'my-site'],
  ['Handbook', 'handbook'],
  ['client', 'client'],
])('the folder %s is the site %s', (folder, site) => {
  const root = tempTree({ [`${folder}/index.html`]: '' });
  expect(detectSite(join(root, folder))).toEqual({ site, source: 'folder name' });
});

test.each(['ab', '\u65e5\u672c\u8a9e', 'x'.repeat(33)])('%s makes no name', (name) => {
  const root = tempTree({ 'package.json': JSON.stringify({ name }) });
  expect(() => detectSite(root)).toThrow(
    expect.objectContaining({ code: 'E_CONFIG', hints: expect.arrayContaining(['--site NAME']) }),
  );
});
