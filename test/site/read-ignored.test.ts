import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readIgnored } from '../../src/site/read-ignored.ts';
import { scanSite } from '../../src/site/scan-site.ts';
import { tempSite } from './temp-site.ts';

const own = 'ignored by .cdnpubignore';
const config = 'ignored by the config';

test.each<[string, Readonly<Record<string, string>>, readonly string[], string, string | undefined]>([
  ['nothing is said', {}, [], 'a.map', undefined],
  ['in the build', { 'dist/.cdnpubignore': '*.map' }, [], 'js/a.map', own],
  ['beside the build', { '.cdnpubignore': '*.map' }, [], 'js/a.map', own],
  ['with the path from there', { '.cdnpubignore': 'dist/drafts/' }, [], 'drafts/', own],
  ['anchored there', { '.cdnpubignore': '/drafts/' }, [], 'drafts/', undefined],
  ['anchored in the build', { 'dist/.cdnpubignore': '/drafts/' }, [], 'drafts/', own],
  [
    'the nearer file has the later word',
    { '.cdnpubignore': '*.map', 'dist/.cdnpubignore': '!a.map' },
    [],
    'a.map',
    undefined,
  ],
  ['the config has the last', { '.cdnpubignore': '*.map' }, ['!a.map'], 'a.map', undefined],
  ['the config alone', {}, ['drafts/'], 'drafts/', config],
  ['comments and white space', { '.cdnpubignore': '# *.map\n\n  \n*.tmp  \r\n' }, [], 'a.tmp', own],
])('%s', (_, files, patterns, path, reason) => {
  const root = tempSite({ '.git/HEAD': '', ...files });
  expect(readIgnored(join(root, 'dist'), patterns).reasonFor(path)).toBe(reason);
});

test('a file above the repository says nothing', () => {
  const root = tempSite({ '.cdnpubignore': '*', 'repo/.git/HEAD': '' });
  expect(readIgnored(join(root, 'repo/dist'), []).reasonFor('a')).toBeUndefined();
});

test('what it names stays out and is told', async () => {
  const root = tempSite({
    ...{ '.git/HEAD': '', '.cdnpubignore': 'drafts/\n_redirects\n' },
    ...{ 'dist/index.html': '', 'dist/drafts/a.html': '', 'dist/_redirects': '/a /b' },
  });
  const scan = await scanSite({ root: join(root, 'dist'), ignore: [] });
  expect(scan.files.map(({ key }) => key)).toEqual(['index.html']);
  expect(scan.leftOut).toContainEqual({ path: 'drafts/', reason: own });
  expect(scan.ruleFiles.redirects).toBeNull();
});
