import { type FeatureTable, keys, table } from '../feature-table.ts';

/** Redirects and rewrites. */
export const redirectTables: readonly FeatureTable[] = [
  table(
    'redirects: of single paths',
    {
      keys,
      redirects:
        '/old /new\n/temp /docs/ 302\n/query /q?a=1 301\n/hash /docs/#top\n/gone /404.html 410\n/out https://example.com/x',
    },
    [
      ['/old', '301 /new'],
      ['/old/', '301 /new'],
      ['/old/x', '301 /old/x/'],
      ['/old?a=b&c', '301 /new?a=b&c'],
      ['/temp', '302 /docs/'],
      ['/query?b=2', '301 /q?a=1'],
      ['/hash?b=2', '301 /docs/?b=2#top'],
      ['/gone', '410 404.html'],
      ['/out', '301 https://example.com/x'],
      ['/%6Fld', '301 /new'],
      ['//old', '301 /new'],
    ],
  ),
  table(
    'redirects: of patterns',
    {
      keys,
      redirects: [
        '/blog/:year/:month/* /archive/:year-:month/:splat',
        '/s/* /:splat',
        '/id/:id/:idx /to/:idx/:id',
        '/far/* https://example.com/:splat 302',
        '/same/* /same/:splat',
        '/same/x /other',
        '/q/* /search?q=:splat',
      ].join('\n'),
    },
    [
      ['/blog/2024/05/a/b/', '301 /archive/2024-05/a/b/'],
      ['/blog/2024/05', '301 /archive/2024-05/'],
      ['/s/%2F%2Fevil.com', '301 /evil.com'],
      ['/s//evil.com', '301 /evil.com'],
      ['/s/%5Cevil.com', '301 /%5Cevil.com'],
      ['/s/https:%2F%2Fevil.com', '301 /https%3A/evil.com'],
      ['/id/1/2', '301 /to/2/1'],
      ['/far/a%20b/c', '302 https://example.com/a%20b/c'],
      ['/far/@evil.com', '302 https://example.com/%40evil.com'],
      ['/same/x', '301 /other'],
      ['/same/y', '301 /same/y/'],
      ['/q/a%26b=c', '301 /search?q=a%26b%3Dc'],
      ['/s/caf%C3%A9', '301 /caf%C3%A9'],
    ],
  ),
  table(
    'redirects: with conditions',
    {
      keys,
      redirects: [
        '/ /fr/ 302! Language=fr,de',
        '/shop /shop-us 302 Country=US,ca',
        '/beta /beta-on 302 Cookie=beta',
        '/find q=:q kind=book /books/:q',
        '/find q=:q /all/:q',
      ].join('\n'),
    },
    [
      [{ path: '/', headers: { 'accept-language': 'fr-CH, fr;q=0.9, en;q=0.8' } }, '302 /fr/'],
      [{ path: '/', headers: { 'accept-language': 'en, fr;q=0.9' } }, '200 index.html'],
      ['/', '200 index.html'],
      [{ path: '/shop', headers: { 'cloudfront-viewer-country': 'CA' } }, '302 /shop-us'],
      [{ path: '/shop', headers: { 'cloudfront-viewer-country': 'FR' } }, '301 /shop/'],
      [{ path: '/beta', cookies: { beta: '1' } }, '302 /beta-on'],
      ['/beta', '301 /beta/'],
      ['/find?q=a%20b&kind=book', '301 /books/a%20b?q=a%20b&kind=book'],
      ['/find?q=a+b&kind=film', '301 /all/a%20b?q=a+b&kind=film'],
      ['/find?q=..%2F..%2F%2Fevil.com', '301 /all/..%2F..%2F%2Fevil.com?q=..%2F..%2F%2Fevil.com'],
      ['/find?kind=book', '301 /find/?kind=book'],
    ],
  ),
  table(
    'redirects: and files',
    { keys, redirects: '/about /elsewhere\n/docs /forced 301!\n/docs/* /manual/:splat 302\n/app.js /other.js' },
    [
      ['/about', '301 /about/'],
      ['/about/', '200 about/index.html'],
      ['/docs', '301 /forced'],
      ['/docs/', '301 /forced'],
      ['/docs/private/', '200 docs/private/index.html'],
      ['/docs/gone', '302 /manual/gone'],
      ['/app.js', '200 app.js'],
    ],
  ),
  table(
    'redirects: rewrites',
    {
      keys: [...keys, 'fr/404.html'],
      redirects: [
        '/app/* /about/ 200',
        '/way/* /docs/:splat 200',
        '/up/* /.cdnpub/:splat 200',
        '/teapot/* /about 404',
        '/nothing /gone 200',
      ].join('\n'),
    },
    [
      ['/app/x/y?z', '200 about/index.html'],
      ['/way/private', '200 docs/private/index.html'],
      ['/way/index.html', '200 docs/index.html'],
      ['/way/gone', '404 404.html'],
      ['/up/site.json', '404 404.html'],
      ['/teapot/1', '404 about/index.html'],
      ['/nothing', '404 404.html'],
    ],
  ),
];
