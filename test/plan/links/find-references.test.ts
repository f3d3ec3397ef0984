import { expect, test } from 'vitest';
import { findCssReferences } from '../../../src/plan/links/find-css-references.ts';
import { findReferences } from '../../../src/plan/links/find-references.ts';
import { pageUrl } from '../../../src/plan/links/page-url.ts';
import { resolvePath } from '../../../src/plan/links/resolve-path.ts';

test.each<[string, readonly string[]]>([
  ['<a href="/a">', ['/a']],
  ["<A HREF='/a' class=x>", ['/a']],
  ['<a class=x href=/a/>', ['/a/']],
  ['<a href = "/a?b=1&amp;c=2&#38;d&#x26;e">', ['/a?b=1&c=2&d&e']],
  ['<a href="/a&copy;&#99999999;">', ['/a&copy;&#99999999;']],
  ['<a\n  title="a > b"\n  href="/a">', ['/a']],
  ['<a title="<a href=/no>" href="/a">', ['/a']],
  ['<a title=">" href="/a"><a href="/b">', ['/a', '/b']],
  ['<a href="/a" "stray" = href2>', ['/a']],
  ['<a href>text', ['']],
  ['<a href="/open', ['']],
  ['1 < 2 <a href="/a">', ['/a']],
  ['<!-- <a href="/no"> --><a href="/a">', ['/a']],
  ['<!-- <a href="/no">', []],
  ['<script src="/s.js">"<a href=/no>"</script><a href="/a">', ['/s.js', '/a']],
  ['<script>let a = "<a href=/no>"', []],
  ['<STYLE>b { background: url(/b.png) }</STYLE><a href="/a">', ['/b.png', '/a']],
  ['<textarea><a href="/no"></textarea><title><a href="/no"></title>', []],
  ['<img src="/a.png" srcset="/b.png, /c.png 2x,/d.png 100w" alt="/no">', ['/a.png', '/b.png', '/c.png', '/d.png']],
  ['<source srcset="data:image/png;base64,AAAA 1x, /c.png 2x">', ['data:image/png;base64,AAAA', '/c.png']],
  ['<video src="/v.mp4" poster="/p.jpg"><track src="/t.vtt"></video>', ['/v.mp4', '/p.jpg', '/t.vtt']],
  ['<link rel="stylesheet" href="/s.css"><link rel="preconnect" href="/no">', ['/s.css']],
  ['<meta http-equiv="refresh" content="0; url=/docs/"><meta name="x" content="0; url=/no">', ['/docs/']],
  ['<meta http-equiv=refresh content="30">', []],
  ['<p style="background: url(&#34;/b.png)">', []],
  ['<p style="background: url(\'/b.png\')">', ['/b.png']],
  ['<svg><use xlink:href="#a"/><image href="/i.svg"/></svg>', ['#a', '/i.svg']],
  ['<form action="/no"><input type=image src="/i.png"></form>', ['/i.png']],
])('%s', (html, expected) => expect(findReferences(html).references.map(({ url }) => url)).toEqual(expected));

test('the first base counts', () => {
  expect(findReferences('<base target=x><base href="/docs/"><base href="/no/">').base).toBe('/docs/');
  expect(findReferences('<p>').base).toBeNull();
});

test.each<[string, readonly string[]]>([
  ['a { background: url(/a.png) }', ['/a.png']],
  ['@font-face { src: url("f.woff2?#iefix") format("woff2"), url( \'g.woff\' ) }', ['f.woff2?#iefix', 'g.woff']],
  ['@import "a.css"; @import url(b.css); @import \'c.css\' screen;', ['a.css', 'b.css', 'c.css']],
  ['/* url(/no.png) */ a { b: url(/a.png) } /* url(/no.png)', ['/a.png']],
  ['a { b: url() ; c: url("") }', []],
])('%s', (css, expected) => expect(findCssReferences(css).map(({ url }) => url)).toEqual(expected));

test.each([
  ['index.html', 'auto', '/'],
  ['docs/index.html', 'auto', '/docs/'],
  ['docs/index.html', true, '/docs/'],
  ['docs/index.html', false, '/docs'],
  ['index.html', false, '/'],
  ['about.html', 'auto', '/about'],
  ['about.html', true, '/about/'],
  ['a b/ü.html', false, '/a%20b/%C3%BC'],
  ['style.css', 'auto', '/style.css'],
] as const)('%s with trailing slashes %s answers to %s', (key, trailingSlash, expected) =>
  expect(pageUrl(key, { cleanUrls: true, trailingSlash })).toBe(expected),
);

test('without clean URLs a page answers to its name', () =>
  expect(pageUrl('docs/a.html', { cleanUrls: false, trailingSlash: 'auto' })).toBe('/docs/a.html'));

test.each([
  ['b', '/docs/a', '/docs/b'],
  ['b', '/docs/a/', '/docs/a/b'],
  ['../b?c#d', '/docs/a/', '/docs/b'],
  ['/%C3%BC//b', '/', '/ü/b'],
  ['/a/./b/../c.html?d#e', '/', '/a/c.html'],
  ['/a//b', '/', '/a/b'],
  ['/a/..', '/', '/'],
  ['/v1.2/a-b_c.min.js?d/../e', '/x/', '/v1.2/a-b_c.min.js'],
  ['/u\u0308', '/', '/ü'],
  ['/%zz', '/', '/%zz'],
  [' /a ', '/', '/a'],
  ['?page=2', '/docs/', '/docs/'],
  ['#top', '/', undefined],
  ['', '/', undefined],
  ['https://example.com/a', '/', undefined],
  ['//example.com/a', '/', undefined],
  ['mailto:a@example.com', '/', undefined],
  ['javascript:void(0)', '/', undefined],
  ['data:text/plain,a', '/', undefined],
  ['/{{ page }}', '/', undefined],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template that was never filled in
  ['/${page}', '/', undefined],
])('%j on %s leads to %s', (url, base, expected) => expect(resolvePath(url, base)).toBe(expected));
