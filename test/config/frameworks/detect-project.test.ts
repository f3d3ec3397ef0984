import { describe, expect, test } from 'vitest';
import { detectProject } from '../../../src/config/frameworks/detect-project.ts';
import { frameworks } from '../../../src/config/frameworks/frameworks.ts';
import type { Project } from '../../../src/config/frameworks/project.ts';

interface Given {
  readonly deps?: readonly string[];
  readonly build?: string;
  readonly texts?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
}

const projectOf = ({ deps = [], build, texts = {}, files = [] }: Given): Project => ({
  dependencies: deps,
  scripts: build === undefined ? {} : { build },
  files: [...files, ...Object.keys(texts)],
  texts,
});

const found = (given: Given): readonly string[] => detectProject(projectOf(given)).map(({ framework }) => framework.id);

/** A project of each generator: what it has that others need not have. */
const alone: readonly (readonly [string, Given])[] = [
  ['next', { deps: ['next', 'react'], texts: { 'next.config.mjs': "export default { output: 'export' }" } }],
  ['nuxt', { deps: ['nuxt'] }],
  ['astro', { deps: ['astro', '@astrojs/starlight'] }],
  ['sveltekit', { deps: ['@sveltejs/kit', '@sveltejs/adapter-static', 'svelte', 'vite'] }],
  ['gatsby', { deps: ['gatsby', 'react'] }],
  ['react-router', { deps: ['@react-router/dev', 'react-router', 'vite'] }],
  ['remix', { deps: ['@remix-run/dev', '@remix-run/react', 'vite'] }],
  ['tanstack-start', { deps: ['@tanstack/react-start', '@tanstack/react-router', 'vite'] }],
  ['solid-start', { deps: ['@solidjs/start', 'solid-js', 'vinxi'] }],
  ['qwik', { deps: ['@builder.io/qwik', '@builder.io/qwik-city', 'vite'] }],
  ['analog', { deps: ['@analogjs/platform', '@angular/cli', 'vite'] }],
  ['waku', { deps: ['waku', 'react'] }],
  ['vike', { deps: ['vike', 'vite'] }],
  ['expo', { deps: ['expo', 'react-native'] }],
  ['redwood', { deps: ['@redwoodjs/core'], files: ['redwood.toml'] }],
  ['gridsome', { deps: ['gridsome'] }],
  ['umi', { deps: ['umi'], files: ['.umirc.ts'] }],
  ['quasar', { deps: ['@quasar/app-vite', 'quasar', 'vue'], files: ['quasar.config.js'] }],
  ['docusaurus', { deps: ['@docusaurus/core', 'react'] }],
  ['vitepress', { deps: ['vitepress', 'vue'], files: ['docs/.vitepress/config.mts'] }],
  ['vuepress', { deps: ['vuepress', '@vuepress/bundler-vite'] }],
  ['observable', { deps: ['@observablehq/framework'] }],
  ['storybook', { deps: ['storybook'], files: ['.storybook/main.ts'] }],
  ['mkdocs', { texts: { 'mkdocs.yml': 'site_name: x' } }],
  ['sphinx', { texts: { 'docs/conf.py': "extensions = ['sphinx.ext.autodoc']" } }],
  ['mdbook', { texts: { 'book.toml': '[book]' } }],
  ['antora', { texts: { 'antora-playbook.yml': 'site:\n  title: x' } }],
  ['eleventy', { deps: ['@11ty/eleventy'] }],
  ['eleventy', { files: ['.eleventy.js'] }],
  ['hexo', { deps: ['hexo'], texts: { '_config.yml': 'title: x' } }],
  ['hugo', { texts: { 'hugo.toml': "baseURL = 'https://example.com'" } }],
  ['hugo', { texts: { 'config.toml': "baseURL = 'https://example.com'" } }],
  ['hugo', { files: ['config/_default/hugo.toml'] }],
  ['zola', { texts: { 'config.toml': 'base_url = "https://example.com"' } }],
  ['jekyll', { texts: { '_config.yml': 'title: x', Gemfile: 'gem "jekyll"' } }],
  ['middleman', { texts: { 'config.rb': 'activate :blog', Gemfile: 'gem "middleman"' } }],
  ['pelican', { texts: { 'pelicanconf.py': "SITENAME = 'x'" } }],
  ['nikola', { texts: { 'conf.py': 'BLOG_TITLE = "x"' } }],
  ['lektor', { files: ['blog.lektorproject'] }],
  ['metalsmith', { deps: ['metalsmith'] }],
  ['wintersmith', { deps: ['wintersmith'] }],
  ['docpad', { deps: ['docpad'] }],
  ['harp', { deps: ['harp'] }],
  ['brunch', { deps: ['brunch'] }],
  ['assemble', { deps: ['assemble'] }],
  ['angular', { deps: ['@angular/cli', '@angular/core'], files: ['angular.json'] }],
  ['ionic', { deps: ['@ionic/react', 'react', 'vite'] }],
  ['create-react-app', { deps: ['react-scripts', 'react'] }],
  ['vue-cli', { deps: ['@vue/cli-service', 'vue'] }],
  ['preact-cli', { deps: ['preact-cli', 'preact'] }],
  ['ember', { deps: ['ember-cli'] }],
  ['stencil', { deps: ['@stencil/core'] }],
  ['sanity', { deps: ['sanity', 'react'], files: ['sanity.config.ts'] }],
  ['tanstack-router', { deps: ['@tanstack/react-router', 'vite'] }],
  ['solid', { deps: ['solid-js', 'vite', 'vite-plugin-solid'] }],
  ['flutter', { texts: { 'pubspec.yaml': 'name: x\ndependencies:\n  flutter:\n    sdk: flutter\n' } }],
  ['blazor', { texts: { 'App.csproj': '<Project Sdk="Microsoft.NET.Sdk.BlazorWebAssembly">' } }],
  ['trunk', { files: ['Trunk.toml', 'Cargo.toml'] }],
  ['vite', { deps: ['vite', 'react'] }],
  ['parcel', { deps: ['parcel'] }],
  ['rsbuild', { deps: ['@rsbuild/core'] }],
  ['rspack', { deps: ['@rspack/cli', '@rspack/core'] }],
  ['webpack', { deps: ['webpack', 'webpack-cli'] }],
];

describe('a project of one generator', () => {
  test.each(alone)('%s (row %#)', (id, given) => expect(found(given)[0]).toBe(id));

  test('every generator has a row', () => {
    expect(new Set(alone.map(([id]) => id))).toEqual(new Set(frameworks.map(({ id }) => id)));
  });

  test('ids and names are told once', () => {
    for (const key of ['id', 'name'] as const) {
      expect(new Set(frameworks.map((framework) => framework[key])).size).toBe(frameworks.length);
    }
  });
});

test.each<[string, readonly string[], Given]>([
  ['a site generator beats its bundler', ['astro'], { deps: ['vite', 'astro'] }],
  ['a meta-framework beats its toolchain', ['analog'], { deps: ['@angular/cli', '@analogjs/platform', 'vite'] }],
  ['a companion beats nothing', ['vite'], { deps: ['storybook', 'vite'], files: ['.storybook/main.ts'] }],
  ['Hexo beats the config that Jekyll has too', ['hexo'], { deps: ['hexo'], files: ['_config.yml'] }],
  ['a package beats a file', ['vite'], { deps: ['vite'], texts: { 'mkdocs.yml': 'x', 'book.toml': 'x' } }],
  [
    'a file that the build script uses does not',
    ['hugo'],
    { deps: ['webpack'], files: ['hugo.toml'], build: 'webpack && hugo --minify' },
  ],
  [
    'the one that the build script runs comes first',
    ['vitepress', 'next'],
    { deps: ['next', 'vitepress'], build: 'vitepress build docs' },
  ],
  ['else the order of the table', ['next', 'vitepress'], { deps: ['next', 'vitepress'] }],
  [
    "part of a program's name is another program",
    ['next', 'vitepress'],
    { deps: ['next', 'vitepress'], build: 'my-vitepress build' },
  ],
])('%s', (_, ids, given) => expect(found(given)).toEqual(ids));

test.each<[string, Given]>([
  ['nothing', {}],
  ['plain pages', { files: ['index.html', 'about.html'] }],
  ['a library', { deps: ['react', 'typescript', 'vitest'], build: 'tsc' }],
  ['a server', { deps: ['express'], files: ['server.js'] }],
  ['the config of another program', { texts: { 'config.toml': '[server]', 'conf.py': 'x = 1' } }],
  ['packages named alike', { deps: ['eslint-plugin-astro', 'nextra-utils', '@types/webpack', 'vite-tsconfig'] }],
])('none where none is: %s', (_, given) => expect(found(given)).toEqual([]));
