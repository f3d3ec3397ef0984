import { describe, expect, test } from 'vitest';
import { detectOutput } from '../../../src/config/frameworks/detect-output.ts';
import { frameworks } from '../../../src/config/frameworks/frameworks.ts';
import { singlePage } from '../../../src/config/frameworks/single-page.ts';
import { readOutputs } from '../../support/read-outputs.ts';

const meta = (content: string): string => `<!doctype html><head><meta name="generator" content="${content}"></head>`;

/** Builds that tell nothing of where they come from. */
const silent = new Set(['eleventy', 'metalsmith']);

const single: Readonly<Record<string, string>> = {
  'create-react-app': 'index.html',
  parcel: 'index.html',
  'react-router': 'index.html',
  rsbuild: 'index.html',
  sveltekit: '200.html',
  vite: 'index.html',
  'vue-cli': 'index.html',
};

describe('real builds', () => {
  test.each(readOutputs())('$framework', ({ framework, files, index }) => {
    const build = { files, indexHead: index };
    const detected = detectOutput(build);
    expect(detected?.id).toBe(silent.has(framework) ? undefined : framework);
    expect(singlePage(build, detected)).toBe(single[framework] ?? null);
  });
});

test.each<[string | undefined, readonly string[], string]>([
  ['astro', ['index.html', '_astro/a.DzK3x_9a.css'], ''],
  ['astro', ['index.html'], meta('Astro v5.1.0')],
  ['gatsby', ['index.html', 'page-data/app-data.json'], ''],
  ['angular', ['index.html', 'main-5INURTSO.js', 'polyfills-B6TNHZQ6.js'], ''],
  ['angular', ['index.html', '3rdpartylicenses.txt', 'main.0123456789abcdef.js'], ''],
  ['qwik', ['index.html', 'q-manifest.json'], ''],
  ['solid-start', ['index.html', '_build/assets/a-DzK3x_9a.js'], ''],
  ['expo', ['index.html', '_expo/static/js/web/a-0123456789abcdef0123456789abcdef.js'], ''],
  ['mkdocs', ['index.html', 'search/search_index.json'], ''],
  ['sphinx', ['index.html', 'objects.inv', '_static/a.css'], ''],
  ['mdbook', ['index.html', 'book.js', 'searcher.js'], ''],
  ['mdbook', ['index.html', 'book-a0b12cfe.js', 'searchindex-9a2b7c10.js'], ''],
  ['blazor', ['index.html', '_framework/blazor.webassembly.js'], ''],
  ['flutter', ['index.html', 'flutter_bootstrap.js', 'main.dart.js'], ''],
  ['trunk', ['index.html', 'app-1a2b3c4d5e6f7a8b_bg.wasm', 'app-1a2b3c4d5e6f7a8b.js'], ''],
  ['ember', ['index.html', 'assets/vendor-0123456789abcdef0123456789abcdef.js'], ''],
  ['stencil', ['index.html', 'build/p-1a2b3c4d.js'], ''],
  ['preact-cli', ['index.html', 'bundle.1a2b3.js'], ''],
  ['gridsome', ['index.html', 'assets/data/x.json', 'assets/js/app.1a2b3c4d.js'], ''],
  ['umi', ['index.html', 'umi.1a2b3c4d.js'], ''],
  ['vike', ['index.html', 'assets/entries/pages_index.DzK3x_9a.js'], ''],
  ['sanity', ['index.html', 'static/sanity-DzK3x_9a.js'], ''],
  ['zola', ['index.html', 'processed_images/a.0123456789abcdef.webp'], ''],
  ['remix', ['index.html', 'build/manifest-1A2B3C4D.js'], ''],
  ['hugo', ['index.html'], meta('Hugo 0.140.0')],
  ['hugo', ['index.html'], '<meta name=generator content="Hugo 0.140.0">'],
  ['hugo', ['index.html'], "<META content='Hugo 0.140.0' NAME='generator'>"],
  ['jekyll', ['index.html'], meta('Jekyll v4.3.3')],
  ['hexo', ['index.html'], meta('Hexo 7.3.0')],
  ['pelican', ['index.html'], meta('Pelican')],
  ['antora', ['index.html', '_/css/site.css'], meta('Antora 3.1.9')],
  ['eleventy', ['index.html'], meta('Eleventy v3.0.0')],
  ['vuepress', ['index.html', 'assets/app-DzK3x_9a.js'], meta('VuePress 2.0.0')],
  // Files are the better witness, and a bundler below a generator is none.
  ['next', ['index.html', '_next/static/css/5b576904c612405e.css'], meta('Hugo 0.140.0')],
  ['hugo', ['index.html', 'assets/index-DzK3x_9a.js'], meta('Hugo 0.140.0')],
  ['docusaurus', ['docs/assets/js/runtime~main.7926468e.js', 'docs/index.html'], ''],
  [undefined, ['index.html', 'style.css', 'js/app.js'], ''],
  [undefined, ['index.html'], meta('WordPress 6.4')],
  [undefined, ['index.html'], '<meta name="description" content="Hugo 1">'],
  [undefined, ['index.html', 'assets/index.js', 'next/static/a.js'], ''],
  [undefined, [], ''],
])('%s from %j', (id, files, indexHead) => expect(detectOutput({ files, indexHead })?.id).toBe(id));

test.each<[string | null, readonly string[], string]>([
  ['index.html', ['index.html', 'app.js'], '<script type="module" src="/assets/index-DiwrgTda.js"></script>'],
  ['index.html', ['index.html', '404.html'], '<script src=/js/app.1a2b3c4d.js></script>'],
  ['200.html', ['index.html', '200.html', 'about.html'], ''],
  [null, ['index.html'], '<script src="/js/main.js"></script>'],
  [null, ['index.html', 'about.html'], '<script src="/assets/index-DiwrgTda.js"></script>'],
  [null, ['index.html'], '<p>one page, no script'],
  [null, ['about/index.html'], ''],
])('without a generator, the page that draws the others is %s of %j', (page, files, indexHead) => {
  expect(singlePage({ files, indexHead }, undefined)).toBe(page);
});

test('a fallback beside the pages of a generator of pages is not taken for an app', () => {
  const nuxt = frameworks.find(({ id }) => id === 'nuxt');
  expect(singlePage({ files: ['index.html', '200.html'], indexHead: '' }, nuxt)).toBeNull();
});
