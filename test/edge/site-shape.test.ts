import { expect, test } from 'vitest';
import { exceptionsTo, pathKind, siteShape } from '../../src/edge/site-shape.ts';

const names = ['none', 'file', 'folder', '', 'page', 'file+page', 'both'];

/** The rule, then the exceptions as `path:kind`. */
function shape(keys: readonly string[], rule?: number): string {
  const found = siteShape(keys);
  const exceptions = exceptionsTo(rule ?? found.rule, found).map(([path, kind]) => `${path}:${names[kind]}`);
  return [names[rule ?? found.rule], ...exceptions].join(' ');
}

test.each<[readonly string[], string]>([
  [[], 'folder'],
  [['index.html'], 'folder'],
  [['index.html', 'a/index.html', 'a/b/index.html', 'x.js'], 'folder'],
  [['index.html', 'a.html', 'a/b.html', 'x.js'], 'page'],
  [['a/index.html', 'b.html'], 'folder b:page'],
  [['a/index.html', 'b.html', 'c.html'], 'page a:folder'],
  [['a.html', 'a/index.html'], 'folder a:both'],
  [['a/index.html', 'CNAME', 'docs/LICENSE'], 'folder CNAME:file docs/LICENSE:file'],
  [['a', 'a.html'], 'page a:file+page'],
  [['v1.2/index.html', 'a/index.html'], 'folder v1.2:folder'],
  [['blog.html/index.html', 'blog/index.html'], 'folder blog.html:folder'],
  [['blog.html/index.html'], 'folder blog:none blog.html:folder'],
  [['a.html', 'a.html.html'], 'page a.html:file+page'],
  [['.html', 'a/.html'], 'folder'],
  [['struct.Foo.html', 'a.html'], 'page struct.Foo:page'],
  [['struct.Foo.html'], 'folder struct.Foo:page'],
  [['index/index.html', 'index.html'], 'folder index:folder'],
  [['site.webmanifest', 'search/en_1a2b.pf_fragment', 'a.7z', 'b.tar.gz'], 'folder'],
  [
    ['a.this-is-no-ending', 'b.sixteen_letters_', 'c.seventeen_letters'],
    'folder a.this-is-no-ending:file c.seventeen_letters:file',
  ],
  [['a.htm', 'b.xhtml'], 'folder'],
])('%j is %s', (keys, expected) => expect(shape(keys)).toBe(expected));

test('where nothing is to be guessed, every path without an ending is told', () => {
  expect(shape(['index.html', 'about/index.html', 'terms.html', 'LICENSE', 'x.js'], pathKind.none)).toBe(
    'none LICENSE:file about:folder terms:page',
  );
});

test('the order of the keys makes no difference', () => {
  const keys = ['b.html', 'a/index.html', 'CNAME', 'v1.2/index.html', 'c.html'];
  expect(shape(keys.toReversed())).toBe(shape(keys));
});
