import { describe, expect, test } from 'vitest';
import { frameworks } from '../../../src/config/frameworks/frameworks.ts';
import { classify } from '../../../src/plan/assets/classify.ts';
import { readOutputs } from '../../support/read-outputs.ts';

const classOf = (id: string, key: string): string => {
  const framework = frameworks.find((one) => one.id === id);
  if (framework === undefined) throw new Error(`no generator ${id}`);
  return classify(key, { spa: null, notFound: '404.html' }, framework);
};

/** Digests that no name shows by itself, or only just: a generator's word is needed. */
test.each([
  ['next', '_next/static/chunks/1234567890123456.js'],
  ['next', '_next/static/media/logo.1a2b3c4d.svg'],
  ['astro', '_astro/hoisted.abcd1fgh.js'],
  ['astro', 'docs/_astro/photo.Abcdefgh_Z1abc.webp'],
  ['nuxt', '_nuxt/entry.ABCDEFGH.css'],
  ['nuxt', '_nuxt/builds/meta/3f2504e0-4f89-41d3-9a0c-0305e82c3301.json'],
  ['sveltekit', '_app/immutable/nodes/0.ABCDEFGH.js'],
  ['gatsby', 'framework-01234567890123456789.js'],
  ['gatsby', 'static/photo-01234567890123456789012345678901.png'],
  ['docusaurus', 'fr/assets/js/1a2b3c4d.5e6f7a8b.js'],
  ['docusaurus', 'assets/images/a-01234567890123456789012345678901.png'],
  ['vitepress', 'assets/guide_start.md.abcdefg1.lean.js'],
  ['vuepress', 'assets/style-tstkky8y.css'],
  ['angular', 'de/main-ABCDEFGH.js'],
  ['angular', 'media/font-ABCDEFGH.woff2'],
  ['create-react-app', 'static/media/logo.6ce24c58023cc2f8fd88.svg'],
  ['vue-cli', 'img/logo.1a2b3c4d.png'],
  ['preact-cli', 'route-home.chunk.1a2b3.js'],
  ['ember', 'assets/vendor-01234567890123456789012345678901.js'],
  ['stencil', 'build/p-1a2b3c4d.entry.js'],
  ['expo', 'assets/fonts/a.01234567890123456789012345678901.ttf'],
  ['gridsome', 'assets/css/0.styles.1a2b3c4d.css'],
  ['umi', 'p__index.1a2b3c4d.async.js'],
  ['parcel', 'logo.1a2b3c4d.svg'],
  ['rsbuild', 'static/js/async/12.1a2b3c4d5e.js'],
  ['vite', 'assets/index-abcdefg1.js'],
  ['solid-start', '_build/assets/routes-abcdefg1.js'],
  ['qwik', 'build/q-abcdefg1.js'],
  ['remix', 'build/root-ABCDEFGH.js'],
  ['sanity', 'static/index-abcdefg1.mjs'],
  ['trunk', 'app-1a2b3c4d5e6f7a8_bg.wasm'],
  ['blazor', '_framework/dotnet.native.abcdefg1hi.wasm'],
  ['hugo', 'css/main.01234567890123456789012345678901.css'],
  ['zola', 'processed_images/a.0123456789012345.webp'],
  ['mkdocs', 'assets/stylesheets/main.1a2b3c4d.min.css'],
  ['mdbook', 'css/general-1a2b3c4d.css'],
  ['observable', '_file/data.1a2b3c4d.csv'],
  ['storybook', 'main.1a2b3c4d.iframe.bundle.js'],
  ['eleventy', 'img/9R1jU5hkzC-600.webp'],
  ['react-router', 'assets/manifest-1a2b3c4d.js'],
])('%s promises that %s never changes', (id, key) => expect(classOf(id, key)).toBe('fingerprinted'));

/** What must be asked for again each time, and names that only look hashed. */
test.each([
  ['next', '_next/static/chunks/pages/en.js'],
  ['next', 'about.txt'],
  ['nuxt', '_nuxt/builds/latest.json'],
  ['nuxt', 'about/_payload.json'],
  ['sveltekit', '_app/version.json'],
  ['sveltekit', '_app/env.js'],
  ['sveltekit', '_app/immutable/manifest.json'],
  ['gatsby', 'page-data/app-data.json'],
  ['gatsby', 'page-data/sq/d/1234567890.json'],
  ['gatsby', 'sw.js'],
  ['docusaurus', 'search-index.json'],
  ['docusaurus', 'assets/js/report.20240131.js'],
  ['vitepress', 'hashmap.json'],
  ['vitepress', 'vp-icons.css'],
  ['create-react-app', 'asset-manifest.json'],
  ['create-react-app', 'service-worker.js'],
  ['angular', 'ngsw.json'],
  ['angular', 'assets/img/POSTER-OVERVIEW.png'],
  ['qwik', 'q-manifest.json'],
  ['qwik', 'about/q-data.json'],
  ['vite', 'assets/main-carousel.css'],
  ['vite', 'assets/photo-portrait.jpg'],
  ['parcel', 'photo.20240131.jpg'],
  ['flutter', 'main.dart.js'],
  ['flutter', 'flutter_service_worker.js'],
  ['flutter', 'assets/fonts/a.1a2b3c4d.ttf'],
  ['blazor', '_framework/blazor.boot.json'],
  ['blazor', '_framework/MyApp.components.wasm'],
  ['sphinx', '_static/doctools.js'],
  ['mkdocs', 'search/search_index.json'],
  ['mdbook', 'searchindex.json'],
  ['storybook', 'sb-manager/runtime.js'],
  ['expo', 'metadata.json'],
  ['gridsome', 'assets/data/index.1a2b3c4d.json'],
  ['eleventy', 'img/photograph-1200.jpg'],
])('%s promises nothing of %s', (id, key) => expect(classOf(id, key)).not.toMatch(/^fingerprinted$/));

describe('in real builds', () => {
  /** Files below the folders of bundlers that nobody names by hash, in the builds at hand. */
  const plain = /(?:latest\.json|version\.json|asset-manifest\.json|\.html|\.txt|\.map)$/;

  test.each(readOutputs())('$framework: all that its bundler named is fingerprinted', ({ framework, files }) => {
    const bundled = files.filter((key) => /^(?:assets|static|_\w+)\/(?!.*\/?sb-)/.test(key) && !plain.test(key));
    expect(bundled.filter((key) => classOf(framework, key) !== 'fingerprinted')).toEqual([]);
  });
});
