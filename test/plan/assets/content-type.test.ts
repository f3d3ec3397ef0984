import { expect, test } from 'vitest';
import { contentTypeOf } from '../../../src/plan/assets/content-type.ts';

const build = new Set(['app.js', 'app.js.br', 'app.js.gz', '_framework/a.wasm', '_framework/a.wasm.br']);
const neighbours = {
  has: (key: string) => build.has(key),
  isStream: (folder: string) => folder.startsWith('video/'),
};

test.each([
  ['index.html', 'text/html; charset=utf-8'],
  ['INDEX.HTML', 'text/html; charset=utf-8'],
  ['a.xhtml', 'application/xhtml+xml; charset=utf-8'],
  ['app.js', 'text/javascript; charset=utf-8'],
  ['app.mjs', 'text/javascript; charset=utf-8'],
  ['app.cjs', 'text/javascript; charset=utf-8'],
  ['style.css', 'text/css; charset=utf-8'],
  ['data.json', 'application/json; charset=utf-8'],
  ['app.js.map', 'application/json; charset=utf-8'],
  ['manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['logo.svg', 'image/svg+xml; charset=utf-8'],
  ['sitemap.xml', 'application/xml; charset=utf-8'],
  ['feed.rss', 'application/rss+xml; charset=utf-8'],
  ['feed.atom', 'application/atom+xml; charset=utf-8'],
  ['robots.txt', 'text/plain; charset=utf-8'],
  ['README.md', 'text/markdown; charset=utf-8'],
  ['table.csv', 'text/csv; charset=utf-8'],
  ['map.geojson', 'application/geo+json; charset=utf-8'],
  ['app.wasm', 'application/wasm'],
  ['a.woff', 'font/woff'],
  ['a.woff2', 'font/woff2'],
  ['a.ttf', 'font/ttf'],
  ['a.otf', 'font/otf'],
  ['a.avif', 'image/avif'],
  ['a.webp', 'image/webp'],
  ['a.jxl', 'image/jxl'],
  ['favicon.ico', 'image/x-icon'],
  ['a.mp4', 'video/mp4'],
  ['a.pdf', 'application/pdf'],
  ['game.pck', 'application/octet-stream'],
  ['pagefind/wasm.en.pagefind', 'application/octet-stream'],
  ['pagefind/en_63ce517.pf_meta', 'application/octet-stream'],
  ['src/main.ts', 'text/plain; charset=utf-8'],
  ['src/app.tsx', 'text/plain; charset=utf-8'],
  ['video/seg-1.ts', 'video/mp2t'],
  ['video/types.d.ts', 'text/plain; charset=utf-8'],
  ['src/lib.rs', 'text/plain; charset=utf-8'],
  ['.well-known/apple-app-site-association', 'application/json'],
  ['apple-app-site-association', 'application/json'],
  ['.well-known/security.txt', 'text/plain; charset=utf-8'],
  ['.well-known/matrix/server', 'application/json'],
  ['.well-known/acme-challenge/abcDEF', 'text/plain; charset=utf-8'],
  ['LICENSE', 'text/plain; charset=utf-8'],
  ['about', 'application/octet-stream'],
  ['index', 'application/octet-stream'],
  ['v1.2/html', 'application/octet-stream'],
  ['docs/v1.2', 'application/octet-stream'],
  ['site.tar.gz', 'application/gzip'],
  ['site.tgz', 'application/gzip'],
  ['site.zip', 'application/zip'],
  ['a.constructor', 'application/octet-stream'],
  ['.well-known/toString', 'application/octet-stream'],
  ['data.csv.gz', 'application/gzip'],
  ['sitemap.xml.gz', 'application/gzip'],
  ['_framework/a.wasm.br', 'application/octet-stream'],
  ['src/Main.py', 'text/plain; charset=utf-8'],
  ['notes.org', 'text/plain; charset=utf-8'],
  ['table.parquet', 'application/vnd.apache.parquet'],
  ['profile.mobileconfig', 'application/x-apple-aspen-config'],
])('%s is %s, stored as it is', (key, contentType) => {
  expect(contentTypeOf(key, neighbours)).toEqual({ contentType, contentEncoding: null });
});

test.each([
  ['logo.svgz', 'image/svg+xml; charset=utf-8', 'gzip'],
  ['app.js.gz', 'text/javascript; charset=utf-8', 'gzip'],
  ['app.js.br', 'text/javascript; charset=utf-8', 'br'],
  ['only.js.gz', 'text/javascript; charset=utf-8', 'gzip'],
  ['only.css.br', 'text/css; charset=utf-8', 'br'],
  ['Build/game.wasm.br', 'application/wasm', 'br'],
  ['Build/game.framework.js.gz', 'text/javascript; charset=utf-8', 'gzip'],
  ['Build/game.data.gz', 'application/octet-stream', 'gzip'],
])('%s is %s, packed with %s', (key, contentType, contentEncoding) => {
  expect(contentTypeOf(key, neighbours)).toEqual({ contentType, contentEncoding });
});

test.each([
  ['app.js', 'text/javascript; charset=utf-8', 'gzip'],
  ['data.json', 'application/json; charset=utf-8', 'gzip'],
  ['app.wasm', 'application/wasm', 'gzip'],
  ['.well-known/security.txt', 'text/plain; charset=utf-8', 'gzip'],
  ['backup', 'application/octet-stream', null],
  ['photo.png', 'image/png', null],
  ['site.tgz', 'application/gzip', null],
  ['data.csv.gz', 'application/gzip', null],
])('%s of gzip bytes is %s, packed with %s', (key, contentType, contentEncoding) => {
  expect(contentTypeOf(key, neighbours, 'gzip')).toEqual({ contentType, contentEncoding });
});
