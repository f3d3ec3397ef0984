import { type FeatureTable, keys, table } from '../feature-table.ts';

const base = { basePath: 'docs/', notFound: 'docs/404.html' } as const;
const baseKeys = ['docs/index.html', 'docs/guide/index.html', 'docs/404.html', 'docs/app.js'];

/** Which file, which page for what is not there, which host. */
export const addressTables: readonly FeatureTable[] = [
  table('clean URLs and 404 pages: the nearest 404 page', { keys: [...keys, 'fr/404.html', 'fr/a/index.html'] }, [
    ['/fr/gone', '404 fr/404.html'],
    ['/fr/a/gone/x.js', '404 fr/404.html'],
    ['/gone', '404 404.html'],
    ['/fr', '404 404.html'],
    ['/fr/%zz', '404 404.html'],
    ['/fr/a', '301 /fr/a/'],
  ]),
  table('the second host', { keys, source: { hosts: ['example.com', 'www.example.com'] }, redirects: '/old /new' }, [
    [{ path: '/docs?a=1', host: 'www.example.com' }, '301 https://example.com/docs?a=1'],
    [{ path: '/', host: 'WWW.example.com' }, '301 https://example.com/'],
    [{ path: '//evil.com/..%2f', host: 'www.example.com' }, '404 404.html'],
    [{ path: '//evil.com', host: 'www.example.com' }, '301 https://example.com/evil.com'],
    [{ path: '/old', host: 'www.example.com' }, '301 https://example.com/old'],
    [{ path: '/old', host: 'example.com' }, '301 /new'],
    [{ path: '/docs/', host: 'd1.cloudfront.net' }, '200 docs/index.html'],
    [{ path: '/docs/', host: 'evil.com' }, '200 docs/index.html'],
  ]),
  table('a base path', { keys: baseKeys, source: base }, [
    ['/', '404 docs/404.html'],
    ['/index.html', '404 docs/404.html'],
    ['/gone', '404 docs/404.html'],
    ['/docsx/', '404 docs/404.html'],
    ['/docs', '301 /docs/'],
    ['/docs/', '200 docs/index.html'],
    ['/docs/index.html', '301 /docs/'],
    ['/docs/guide', '301 /docs/guide/'],
    ['/docs/app.js', '200 docs/app.js'],
    ['/docs/gone/', '404 docs/404.html'],
    ['/app.js', '404 docs/404.html'],
  ]),
  table('a base path that is named without a slash', { keys: baseKeys, source: { ...base, trailingSlash: false } }, [
    ['/docs', '200 docs/index.html'],
    ['/docs/', '301 /docs'],
    ['/', '404 docs/404.html'],
  ]),
  table('an application under a base path', { keys: baseKeys, source: { ...base, spa: 'docs/index.html' } }, [
    ['/docs/any/view', '200 docs/index.html'],
    ['/docs/gone.js', '404 docs/404.html'],
    ['/', '404 docs/404.html'],
    ['/any/view', '404 docs/404.html'],
  ]),
  table('what leads to a base path', { keys: baseKeys, source: base, redirects: '/ /docs/\n/docs/old /docs/guide/' }, [
    ['/', '301 /docs/'],
    ['/docs/old', '301 /docs/guide/'],
    ['/old', '404 docs/404.html'],
  ]),
];
