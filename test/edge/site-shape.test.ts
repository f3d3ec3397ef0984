import { expect, test } from 'vitest';
import { pathKind, siteShape } from '../../src/edge/site-shape.ts';

const names = new Map<number, string>(Object.entries(pathKind).map(([name, kind]) => [kind, name]));

/** The rule, then the exceptions as `path:kind`. */
function shape(keys: readonly string[], spa: string | null = null): string {
  const { rule, known } = siteShape(keys, spa);
  return [names.get(rule), ...Object.entries(known).map(([path, kind]) => `${path}:${names.get(kind)}`)].join(' ');
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
  [['a', 'a.html'], 'folder a:file'],
  [['v1.2/index.html', 'a/index.html'], 'folder v1.2:folder'],
  [['blog.html/index.html', 'blog/index.html'], 'folder blog.html:folder'],
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

test('an application’s rule is the application', () => {
  expect(shape(['index.html', 'about/index.html', 'terms.html', 'LICENSE', 'x.js'], 'index.html')).toBe(
    'app LICENSE:file about:folder terms:page',
  );
});

test('the order of the keys makes no difference', () => {
  const keys = ['b.html', 'a/index.html', 'CNAME', 'v1.2/index.html', 'c.html'];
  expect(siteShape(keys.toReversed(), null)).toEqual(siteShape(keys, null));
  expect(JSON.stringify(siteShape(keys.toReversed(), null))).toBe(JSON.stringify(siteShape(keys, null)));
});
