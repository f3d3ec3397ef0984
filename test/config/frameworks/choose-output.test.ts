import { expect, test } from 'vitest';
import { chooseOutput } from '../../../src/config/frameworks/choose-output.ts';
import { frameworks } from '../../../src/config/frameworks/frameworks.ts';

function choose(id: string, texts: Readonly<Record<string, string>>, folders: readonly string[]): string {
  const framework = frameworks.find((one) => one.id === id);
  if (framework === undefined) throw new Error(`no generator ${id}`);
  return chooseOutput(framework, { dependencies: [], scripts: {}, files: Object.keys(texts), texts }, folders);
}

const angular = (builder: string, options: string): string =>
  `{ "projects": { "shop": { "architect": { "build": { "builder": "${builder}", "options": { ${options} } } } } } }`;

test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
  ['vite', 'dist', {}, []],
  ['vite', 'docs', { 'vite.config.ts': "export default { build: { outDir: './docs/' } }" }, ['dist']],
  ['vite', 'dist', { 'vite.config.ts': "// outDir: 'old',\n/* outDir: 'older' */" }, []],
  ['vite', 'dist', { 'vite.config.ts': "export default { build: { outDir: '../public' } }" }, []],
  ['vite', 'dist', { 'vite.config.ts': 'export default { build: { outDir: `$' + '{root}/x` } }' }, []],
  ['nuxt', '.output/public', {}, []],
  ['nuxt', 'dist', {}, ['dist']],
  ['nuxt', '.output/public', {}, ['dist', '.output/public']],
  ['vitepress', 'docs/.vitepress/dist', {}, []],
  ['vitepress', '.vitepress/dist', { '.vitepress/config.mts': 'export default {}' }, []],
  ['vitepress', 'site/.vitepress/dist', { 'site/.vitepress/config.ts': 'export default {}' }, []],
  ['vitepress', 'public', { 'docs/.vitepress/config.ts': "export default { outDir: '../public' }" }, []],
  ['hugo', 'docs', { 'hugo.toml': "baseURL = 'x'\npublishDir = 'docs'" }, []],
  ['hugo', 'out', { 'config.yaml': 'baseURL: x\npublishDir: out' }, []],
  ['jekyll', '_site', { '_config.yml': '# destination: old\ntitle: x' }, []],
  ['jekyll', 'public', { '_config.yml': 'destination: ./public' }, []],
  ['mkdocs', 'build', { 'mkdocs.yml': 'site_name: x\nsite_dir: build' }, []],
  ['mdbook', 'out', { 'book.toml': '[build]\nbuild-dir = "out"' }, []],
  ['eleventy', 'www', { 'package.json': '{"scripts":{"build":"eleventy --output=www"}}' }, []],
  ['eleventy', 'build', { '.eleventy.js': "module.exports = () => ({ dir: { output: 'build' } })" }, []],
  ['react-router', 'out/client', { 'react-router.config.ts': "export default { buildDirectory: 'out' }" }, []],
  ['antora', 'public', { 'antora-playbook.yml': 'site:\n  title: x\noutput:\n  clean: true\n  dir: public\n' }, []],
  ['blazor', 'bin/Release/net9.0/publish/wwwroot', {}, ['bin/Release/net9.0/publish/wwwroot']],
  ['angular', 'dist/shop/browser', { 'angular.json': angular('@angular/build:application', '') }, []],
  [
    'angular',
    'dist/x/browser',
    { 'angular.json': angular('@angular/build:application', '"outputPath": "dist/x"') },
    [],
  ],
  [
    'angular',
    'dist/x',
    { 'angular.json': angular('@angular/build:application', '"outputPath": { "base": "dist/x", "browser": "" }') },
    [],
  ],
  [
    'angular',
    'dist/old',
    { 'angular.json': angular('@angular-devkit/build-angular:browser', '"outputPath": "dist/old"') },
    [],
  ],
  ['angular', 'dist/shop/browser', {}, ['dist/shop/browser']],
])('%s writes to %s (row %#)', (id, folder, texts, folders) => expect(choose(id, texts, folders)).toBe(folder));
