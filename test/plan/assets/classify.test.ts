import { expect, test } from 'vitest';
import { classify } from '../../../src/plan/assets/classify.ts';

test.each([
  ['index.html', 'entry'],
  ['app.html', 'entry'],
  ['404.html', 'entry'],
  ['docs/index.html', 'page'],
  ['old.HTM', 'page'],
  ['a.xhtml', 'page'],
  ['index-1a2b3c4d.html', 'page'],
  ['sw.js', 'pointer'],
  ['app/service-worker.js', 'pointer'],
  ['serviceWorker.js', 'pointer'],
  ['firebase-messaging-sw.js', 'pointer'],
  ['flutter_service_worker.js', 'pointer'],
  ['ngsw-worker.js', 'pointer'],
  ['ngsw.json', 'pointer'],
  ['latest.json', 'pointer'],
  ['_nuxt/builds/latest.json', 'pointer'],
  ['_app/version.json', 'pointer'],
  ['page-data/app-data.json', 'pointer'],
  ['page-data/index/page-data.json', 'other'],
  ['registerSW.js', 'other'],
  ['flutter_bootstrap.js', 'other'],
  ['workbox-1a2b3c4d.js', 'fingerprinted'],
  ['workbox-window.js', 'other'],
  ['answer.js', 'other'],
  ['assets/sw-DiwrgTda.js', 'fingerprinted'],
  ['assets/index-DiwrgTda.js', 'fingerprinted'],
  ['robots.txt', 'other'],
  ['data.json', 'other'],
])('%s is %s', (key, expected) => {
  expect(classify(key, { spa: 'app.html', notFound: '404.html' })).toBe(expected);
});

test.each([
  ['docs/index.html', 'entry'],
  ['index.html', 'page'],
  ['docs/sw.js', 'pointer'],
  ['docs/_astro/a.js', 'fingerprinted'],
  ['_astro/a.js', 'fingerprinted'],
  ['x/_astro/a.js', 'other'],
])('under a base path %s is %s', (key, expected) => {
  const entries = { spa: null, notFound: 'docs/404.html', basePath: 'docs/' };
  expect(classify(key, entries, { fingerprinted: [/^_astro\//], mutable: [] })).toBe(expected);
});

test('without a single-page application no page but the index and the 404 page is an entry', () => {
  expect(classify('app.html', { spa: null, notFound: 'lost.html' })).toBe('page');
  expect(classify('404.html', { spa: null, notFound: 'lost.html' })).toBe('page');
  expect(classify('lost.html', { spa: null, notFound: 'lost.html' })).toBe('entry');
});
