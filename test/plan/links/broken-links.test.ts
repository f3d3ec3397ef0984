import { describe, expect, test } from 'vitest';
import { readRedirects } from '../../../src/edge/redirects/read-redirects.ts';
import type { EdgeSource } from '../../../src/model/edge-source.ts';
import { addBrokenLinks, type BrokenLink, type LinkingFile } from '../../../src/plan/links/broken-links.ts';
import { linkSite } from '../../../src/plan/links/link-site.ts';
import { pageUrl } from '../../../src/plan/links/page-url.ts';
import { tellBrokenLinks } from '../../../src/plan/links/tell-broken-links.ts';
import { tellDiagnostic } from '../../../src/plan/tell-diagnostic.ts';
import { makeSource } from '../../support/make-edge.ts';
import { makeOrigin } from '../../support/make-origin.ts';

const keys = ['index.html', 'about.html', 'docs/index.html', 'docs/a b.html', 'img/Logo.svg', 'style.css', 'ü.html'];

/** What is said of links of these files, on a site that holds their keys and `keys`. */
function check(files: Readonly<Record<string, string>>, given: Partial<EdgeSource> = {}): readonly string[] {
  const source = makeSource(given);
  const site = linkSite({ keys: [...keys, ...Object.keys(files)], source });
  const broken = new Map<string, BrokenLink>();
  for (const [key, text] of Object.entries(files)) {
    const kind: LinkingFile['kind'] = key.endsWith('.css') ? 'styles' : 'page';
    const isAnywhere = key === source.notFound || key === source.spa;
    addBrokenLinks(broken, { kind, text, source: key, url: isAnywhere ? null : pageUrl(key, source) }, site);
  }
  return tellBrokenLinks([...broken.values()], site).map(tellDiagnostic);
}

const links = (...urls: readonly string[]): string => urls.map((url) => `<a href="${url}">`).join('\n');

describe('links that lead somewhere', () => {
  test.each([
    [
      'pages, with and without their ending',
      links('/', '/index.html', '/about', '/about.html', '/docs', '/docs/', 'docs/'),
    ],
    ['escapes and other spellings', links('/docs/a%20b', '/docs/a b', '/%C3%BC', '/u\u0308', '//docs//')],
    ['queries and fragments', links('/about?a=b#c', '?a', '#a', '/style.css?v=1')],
    ['other hosts and schemes', links('https://example.com/no', '//example.com/no', 'mailto:a@example.com')],
  ])('%s', (_, html) => expect(check({ 'page.html': html })).toEqual([]));

  const rules = readRedirects({
    text: '/old /about 301\n/new/* /docs/ 200\n/gone /about 410',
    file: '_redirects',
  }).rules;
  test.each<[string, string, Partial<EdgeSource>, readonly string[]]>([
    ['a redirect', links('/old', '/new/a/b'), { redirects: rules }, []],
    [
      'what a rule says is gone',
      links('/gone'),
      { redirects: rules },
      ['page.html:1: leads to /gone, which will be a 404'],
    ],
    ['another server', links('/api/users'), { origins: [makeOrigin(['/api/*'])] }, []],
    ['any page of a single-page app', links('/any/page'), { spa: 'index.html' }, []],
    [
      'no asset of one',
      links('/any.js'),
      { spa: 'index.html' },
      ['page.html:1: leads to /any.js, which will be a 404'],
    ],
    [
      'a page without clean URLs',
      links('/about'),
      { cleanUrls: false },
      ['page.html:1: leads to /about, which will be a 404'],
    ],
  ])('%s', (_, html, given, expected) => expect(check({ 'page.html': html }, given)).toEqual(expected));
});

describe('links that lead nowhere', () => {
  test('are told at their lines, each path once', () => {
    expect(check({ 'docs/x.html': `<p>\n\n${links('/no', '/no', 'nor')}`, 'page.html': links('/no') })).toEqual([
      'docs/x.html:3: leads to /no, which will be a 404; so do 2 more',
      'docs/x.html:5: leads to /docs/nor, which will be a 404',
    ]);
  });

  test('for capitals are told with the file that was meant', () => {
    expect(check({ 'page.html': links('/About', '/img/logo.svg') })).toEqual([
      'page.html:1: leads to /About, but the file is about.html: capitals matter',
      'page.html:2: leads to /img/logo.svg, but the file is img/Logo.svg: capitals matter',
    ]);
  });

  test('of style sheets start from the sheet', () => {
    expect(check({ 'css/a.css': 'a { b: url(../style.css); c: url(no.png) }' })).toEqual([
      'css/a.css:1: leads to /css/no.png, which will be a 404',
    ]);
  });

  test('start from what the page says is its base', () => {
    expect(check({ 'docs/x.html': `<base href="/">${links('about', 'no')}` })).toEqual([
      'docs/x.html:2: leads to /no, which will be a 404',
    ]);
    expect(check({ 'docs/x.html': `<base href="https://example.com/">${links('no')}` })).toEqual([]);
  });

  test.each([
    [true, 'page/index.html', '/page/x'],
    [false, 'page/index.html', '/x'],
    [true, 'page.html', '/page/x'],
    ['auto', 'page.html', '/x'],
  ] as const)('with trailing slashes %s those of %s lead to %s', (trailingSlash, key, path) => {
    expect(check({ [key]: links('x') }, { trailingSlash })).toEqual([
      `${key}:1: leads to ${path}, which will be a 404`,
    ]);
  });

  test('of a page that is shown at any path are known only from the root on', () => {
    expect(check({ '404.html': links('no', '/nor') })).toEqual(['404.html:2: leads to /nor, which will be a 404']);
  });

  test('are counted where there are many', () => {
    const many = Array.from({ length: 25 }, (_, n) => `/no-${n}`);
    const said = check({ 'page.html': links(...many) });
    expect(said).toHaveLength(21);
    expect(said.at(-1)).toBe('page.html:21: and from here on 5 more paths that are not there');
  });
});

describe('a build that is made for another folder', () => {
  test.each([
    ['/app/', ['/app/about', '/app/style.css', '/app/no']],
    ['/org/app/', ['/org/app/about', '/org/app/docs/', '/org/app/img/Logo.svg']],
  ])('%s is one finding', (base, paths) => {
    expect(check({ 'page.html': links(...paths) })).toEqual([
      `page.html:1: the build is made for ${base}, and its files stand at /: ${paths.length} paths will be a 404; build it for /, or publish it with its files in a folder ${base.slice(1)}`,
    ]);
  });

  test('by its base element too', () => {
    expect(check({ 'page.html': `<base href="/app/">${links('about', 'style.css')}` })).toEqual([
      expect.stringContaining('the build is made for /app/'),
    ]);
  });

  test.each([
    ['one link', ['/app/about']],
    ['few among others', ['/app/about', '/app/style.css', '/no-1', '/no-2', '/no-3']],
    ['a folder that is there', ['/docs/about', '/docs/style.css']],
  ])('is not concluded from %s', (_, paths) => {
    expect(check({ 'page.html': links(...paths) })).toHaveLength(paths.length);
  });
});
