import { expect, test } from 'vitest';
import { type EntryKind, exclusionOf } from '../../src/site/exclusion.ts';

const rows: [string, EntryKind, string, string | undefined][] = [
  ['index.html', 'file', '', undefined],
  ['.well-known', 'folder', '', undefined],
  ['.well-known', 'link', 'docs', undefined],
  ['.well-known', 'file', '', 'hidden'],
  ['.htaccess', 'file', '', 'hidden'],
  ['.asf.yaml', 'file', '', 'hidden'],
  ['.DS_Store', 'file', '.well-known', 'left by the operating system'],
  ['Thumbs.db', 'file', 'img', 'left by the operating system'],
  ['__MACOSX', 'folder', '', 'left by the operating system'],
  ['.nojekyll', 'file', '', 'a marker for GitHub Pages'],
  ['_redirects', 'file', '', 'rules, not a page'],
  ['_headers', 'link', '', 'rules, not a page'],
  ['_headers', 'folder', '', undefined],
  ['cdnpub.config.json', 'file', '', 'configuration of cdnpub'],
  ['cdnpub.config.ts', 'file', 'a', 'configuration of cdnpub'],
  ['.env', 'file', '', 'may hold secrets'],
  ['.env.production', 'file', 'a', 'may hold secrets'],
  ['.environment', 'file', '', 'hidden'],
  ['.git', 'folder', '', 'version control'],
  ['.git', 'file', 'sub', 'version control'],
  ['CVS', 'folder', 'a', 'version control'],
  ['node_modules', 'folder', '', 'installed packages'],
  ['node_modules', 'link', 'docs', 'installed packages'],
  ['node_modules', 'folder', 'assets', undefined],
  ['_astro', 'folder', '', undefined],
];

test.each(rows)('%s, a %s in "%s": %s', (name, kind, parent, reason) => {
  expect(exclusionOf({ name, kind, parent })?.reason).toBe(reason);
});

test('what is only hidden may be linked to, secrets and packages may not', () => {
  expect(exclusionOf({ name: '.cache', kind: 'folder', parent: '' })?.always).toBe(false);
  expect(exclusionOf({ name: '.env', kind: 'file', parent: '' })?.always).toBe(true);
});
