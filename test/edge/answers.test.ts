import { describe, expect, test } from 'vitest';
import { type EdgeSettings, edgeOf } from './run-edge.ts';

const nowhere = '/_cdnpub/nowhere';
const folders = ['index.html', '404.html', 'docs/index.html', 'docs/deep/index.html', 'blog/index.html', 'logo.svg'];
const pages = ['index.html', '404.html', 'docs.html', 'docs/deep.html', 'blog.html', 'logo.svg'];
const mixed = [
  'index.html',
  'docs/index.html',
  'blog/index.html',
  'about.html',
  'both.html',
  'both/index.html',
  'CNAME',
];
const app = ['index.html', 'about/index.html', 'terms.html', 'assets/app.js', 'LICENSE'];
const odd = [
  'index.html',
  'blog.html/index.html',
  'v1.2/index.html',
  'struct.Foo.html',
  'a/index.html',
  '.well-known/apple-app-site-association',
  'site.webmanifest',
  'index/index.html',
];

function table(
  name: string,
  keys: readonly string[],
  settings: EdgeSettings,
  rows: readonly (readonly [string, string])[],
) {
  describe(name, () => {
    const ask = edgeOf(keys, settings);
    test.each(rows)('%s → %s', async (path, expected) => expect(await ask(path)).toBe(expected));
  });
}

table('folders with an index', folders, {}, [
  ['/', '/index.html'],
  ['/index.html', '301 /'],
  ['/docs/', '/docs/index.html'],
  ['/docs', '301 /docs/'],
  ['/docs/index.html', '301 /docs/'],
  ['/docs/deep', '301 /docs/deep/'],
  ['/docs.html', nowhere],
  ['/404.html', '301 /404'],
  ['/404', '/404.html'],
  ['/404/', '301 /404'],
  ['/logo.svg', '/logo.svg'],
  ['/gone.js', '/gone.js'],
  ['/gone/', '/gone/index.html'],
  ['/docs/index', '301 /docs/'],
  ['/index', '301 /'],
  ['/index/', nowhere],
]);

table('pages with an ending', pages, {}, [
  ['/', '/index.html'],
  ['/docs', '/docs.html'],
  ['/docs/', '301 /docs'],
  ['/docs.html', '301 /docs'],
  ['/docs/index.html', nowhere],
  ['/docs/index', nowhere],
  ['/index', '301 /'],
  ['/docs/deep', '/docs/deep.html'],
  ['/docs/deep.html', '301 /docs/deep'],
  ['/gone', '/gone.html'],
  ['/logo.svg', '/logo.svg'],
]);

table('both styles', mixed, {}, [
  ['/docs', '301 /docs/'],
  ['/docs/', '/docs/index.html'],
  ['/about', '/about.html'],
  ['/about/', '301 /about'],
  ['/about.html', '301 /about'],
  ['/both', '/both.html'],
  ['/both/', '/both/index.html'],
  ['/both.html', '301 /both'],
  ['/both/index.html', '301 /both/'],
  ['/CNAME', '/CNAME'],
  ['/CNAME/', nowhere],
]);

table('without clean URLs', mixed, { cleanUrls: false }, [
  ['/', '/index.html'],
  ['/index.html', '/index.html'],
  ['/docs', '301 /docs/'],
  ['/docs/', '/docs/index.html'],
  ['/docs/index.html', '/docs/index.html'],
  ['/about', nowhere],
  ['/about.html', '/about.html'],
  ['/both', '301 /both/'],
  ['/both.html', '/both.html'],
  ['/CNAME', '/CNAME'],
]);

table('a slash always', mixed, { trailingSlash: true }, [
  ['/docs', '301 /docs/'],
  ['/docs/', '/docs/index.html'],
  ['/about', '301 /about/'],
  ['/about/', '/about.html'],
  ['/about.html', '301 /about/'],
  ['/both', '301 /both/'],
  ['/both/', '/both/index.html'],
  ['/both.html', '/both.html'],
  ['/both/index.html', '301 /both/'],
  ['/CNAME', '/CNAME'],
  ['/logo.svg', '/logo.svg'],
]);

table('a slash never', mixed, { trailingSlash: false }, [
  ['/', '/index.html'],
  ['/docs', '/docs/index.html'],
  ['/docs/', '301 /docs'],
  ['/docs/index.html', '301 /docs'],
  ['/about', '/about.html'],
  ['/about/', '301 /about'],
  ['/about.html', '301 /about'],
  ['/both', '/both.html'],
  ['/both/', '301 /both'],
  ['/both/index.html', '/both/index.html'],
]);

table('a slash never, without clean URLs', mixed, { trailingSlash: false, cleanUrls: false }, [
  ['/docs', '/docs/index.html'],
  ['/docs/', '301 /docs'],
  ['/docs/index.html', '/docs/index.html'],
  ['/about.html', '/about.html'],
  ['/both.html', '/both.html'],
]);

table('a single-page application', app, { spa: 'index.html' }, [
  ['/', '/index.html'],
  ['/user/7', '/index.html'],
  ['/user/7/', '/index.html'],
  ['/user/ann.smith@example.com', '/user/ann.smith%40example.com'],
  ['/about/', '/about/index.html'],
  ['/about', '301 /about/'],
  ['/terms', '/terms.html'],
  ['/assets/app.js', '/assets/app.js'],
  ['/assets/gone.js', '/assets/gone.js'],
  ['/assets/gone.pf_fragment', '/assets/gone.pf_fragment'],
  ['/LICENSE', '/LICENSE'],
]);

table('an application with a page of its own', ['index.html', 'app.html', 'a.html'], { spa: 'app.html' }, [
  ['/', '/index.html'],
  ['/user', '/app.html'],
  ['/a', '/a.html'],
  ['/app', '/app.html'],
]);

table('names with dots', odd, {}, [
  ['/blog.html/', '/blog.html/index.html'],
  ['/blog.html', '301 /blog.html/'],
  ['/blog.html/index.html', '301 /blog.html/'],
  ['/v1.2/', '/v1.2/index.html'],
  ['/v1.2', '301 /v1.2/'],
  ['/struct.Foo.html', '301 /struct.Foo'],
  ['/struct.Foo', '/struct.Foo.html'],
  ['/.well-known/apple-app-site-association', '/.well-known/apple-app-site-association'],
  ['/site.webmanifest', '/site.webmanifest'],
  ['/index/', '/index/index.html'],
  ['/index', '301 /index/'],
]);

table('names with dots, a slash never', odd, { trailingSlash: false }, [
  ['/blog.html/', '301 /blog.html'],
  ['/blog.html', '/blog.html/index.html'],
  ['/v1.2', '/v1.2/index.html'],
  ['/v1.2/', '301 /v1.2'],
]);

table('names with dots, without clean URLs', odd, { cleanUrls: false }, [
  ['/blog.html', '301 /blog.html/'],
  ['/blog.html/', '/blog.html/index.html'],
  ['/struct.Foo.html', '/struct.Foo.html'],
  ['/v1.2', '301 /v1.2/'],
]);

const named = [
  'index.html',
  'a b.html',
  'c++/index.html',
  'q&a.html',
  '[slug].html',
  '~ann/index.html',
  '100%.html',
  'c#.html',
  '日本/語.html',
  'caf\u00e9.html',
  "it's(1)*!.html",
  '$a@b,c;d=e:f.txt',
  'pa%20ge.html',
  'a\\b.txt',
];

table('every spelling of a name is one', named, {}, [
  ['/a%20b', '/a%20b.html'],
  ['/a b', '/a%20b.html'],
  ['/c++/', '/c%2B%2B/index.html'],
  ['/c%2B%2B/', '/c%2B%2B/index.html'],
  ['/c%2b%2b/', '/c%2B%2B/index.html'],
  ['/q&a', '/q%26a.html'],
  ['/q%26a', '/q%26a.html'],
  ['/[slug]', '/%5Bslug%5D.html'],
  ['/%5Bslug%5D', '/%5Bslug%5D.html'],
  ['/~ann/', '/%7Eann/index.html'],
  ['/%7eann/', '/%7Eann/index.html'],
  ['/~ann', '301 /%7Eann/'],
  ['/100%25', '/100%25.html'],
  ['/c%23', '/c%23.html'],
  ['/日本/語', '/%E6%97%A5%E6%9C%AC/%E8%AA%9E.html'],
  ['/%E6%97%A5%E6%9C%AC/%E8%AA%9E.html', '301 /%E6%97%A5%E6%9C%AC/%E8%AA%9E'],
  ['/caf%C3%A9', '/caf%C3%A9.html'],
  ['/cafe%CC%81', '/caf%C3%A9.html'],
  ['/cafe\u0301', '/caf%C3%A9.html'],
  ["/it's(1)*!", '/it%27s%281%29%2A%21.html'],
  ['/$a@b,c;d=e:f.txt', '/%24a%40b%2Cc%3Bd%3De%3Af.txt'],
  ['/pa%2520ge', '/pa%2520ge.html'],
  ['/a%5Cb.txt', '/a%5Cb.txt'],
  ['/a\\b.txt', '/a%5Cb.txt'],
  ['/%61%20b', '/a%20b.html'],
]);

table('slashes', folders, {}, [
  ['//', '/index.html'],
  ['///docs//deep/', '/docs/deep/index.html'],
  ['/docs//deep', '301 /docs/deep/'],
  ['/docs%2Fdeep/', '/docs/deep/index.html'],
  ['/docs%2fdeep%2F', '/docs/deep/index.html'],
  ['/docs%2F%2Fdeep/', '/docs/deep/index.html'],
  ['//evil.com', '/evil.com'],
  ['//evil', '301 /evil/'],
  ['/%2Fevil/', '/evil/index.html'],
  ['/%2F%2Fevil', '301 /evil/'],
  ['/\\evil', '301 /%5Cevil/'],
  ['/\\/evil', '301 /%5C/evil/'],
  ['/%5Cevil', '301 /%5Cevil/'],
  ['/%5c%5cevil', '301 /%5C%5Cevil/'],
  ['/https:%2F%2Fevil', '301 /https%3A/evil/'],
]);

table('what no object can have', folders, {}, [
  ['/%', nowhere],
  ['/%zz', nowhere],
  ['/a%2', nowhere],
  ['/%ff', nowhere],
  ['/%c3%28', nowhere],
  ['/%ed%a0%80', nowhere],
  ['/../docs/', nowhere],
  ['/docs/../docs/', nowhere],
  ['/%2e%2E/docs/', nowhere],
  ['/docs/%2e/', nowhere],
  ['/.', nowhere],
  ['/docs/..', nowhere],
  ['/...', '301 /.../'],
  ['/a..bc-d/', '/a..bc-d/index.html'],
]);

table('what is nobody’s business', [...folders, '_cdnpub/404.html'], {}, [
  ['/.cdnpub/site.json', nowhere],
  ['/.cdnpub', nowhere],
  ['/.cdnpub/', nowhere],
  ['/%2ecdnpub/site.json', nowhere],
  ['/%2Ecdnpub/site.json', nowhere],
  ['/.cdnpu%62/site.json', nowhere],
  ['/.cdnpub%2Fsite.json', nowhere],
  ['/.cdnpub//site.json', nowhere],
  ['//.cdnpub/site.json', nowhere],
  ['/%2F.cdnpub/site.json', nowhere],
  ['/.cdnpub?x=1', nowhere],
  ['/_cdnpub/p/pr-12/index.html', nowhere],
  ['/_cdnpub/p', nowhere],
  ['/_cdnpub/%70/pr-12/', nowhere],
  ['/_cdnpub//p/pr-12/', nowhere],
  ['/_cdnpub/404.html', '301 /_cdnpub/404'],
  ['/_cdnpub/404', '/_cdnpub/404.html'],
  ['/.cdnpub-lic/', '/.cdnpub-lic/index.html'],
  ['/docs/.cdnpub/x/', '/docs/.cdnpub/x/index.html'],
]);

table('query strings', folders, {}, [
  ['/?list-type=2', '/index.html'],
  ['/?prefix=.cdnpub/', '/index.html'],
  ['/docs/?a=1&b=2', '/docs/index.html'],
  ['/docs?a=1&b=2', '301 /docs/?a=1&b=2'],
  ['/docs?a=1&a=2&b', '301 /docs/?a=1&a=2&b'],
  ['/docs?q=a%20b%26c', '301 /docs/?q=a%20b%26c'],
  ['/docs/index.html?utm=x', '301 /docs/?utm=x'],
  ['/index.html?a=1', '301 /?a=1'],
]);

describe('keys of at most 1,024 bytes', () => {
  const ask = edgeOf(folders, { prefix: 'sites/docs/' });
  const room = 1_024 - 'sites/docs/'.length;

  test.each([
    ['the longest file', `${'a'.repeat(room - 3)}.js`, true],
    ['one byte more', `${'a'.repeat(room - 2)}.js`, false],
    ['the longest folder', `${'a'.repeat(room - '/index.html'.length)}/`, true],
    ['one byte more', `${'a'.repeat(room - '/index.html'.length + 1)}/`, false],
    ['three bytes a character', `${'日'.repeat(Math.floor((room - 3) / 3))}.js`, true],
    ['too many of them', `${'日'.repeat(Math.ceil((room - 2) / 3))}.js`, false],
  ])('%s', async (_, path, fits) => {
    expect((await ask(`/${path}`)) !== nowhere).toBe(fits);
  });
});
