import { type FeatureTable, keys, table } from '../feature-table.ts';

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
];
