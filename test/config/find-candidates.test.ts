import { describe, expect, test } from 'vitest';
import { findCandidates } from '../../src/config/find-candidates.ts';
import { tempTree } from './temp-tree.ts';

const packageWith = (...names: readonly string[]): string =>
  JSON.stringify({ name: 'x', dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });

const found = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  (await findCandidates(tempTree(files))).map(({ framework, dir, spa }) => `${framework?.id} ${dir} ${spa}`);

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['a generator that has not built yet', { 'package.json': packageWith('astro') }, ['astro dist null']],
  ['an app that has not', { 'package.json': packageWith('react-scripts') }, ['create-react-app build index.html']],
  [
    'where the build says more than the project',
    { 'package.json': packageWith('@sveltejs/kit'), 'build/200.html': '', 'build/_app/immutable/a.js': '' },
    ['sveltekit build 200.html'],
  ],
  ['a build alone', { 'out/index.html': '', 'out/_next/static/a.js': '' }, ['next out null']],
  ['a folder with an index', { 'public/index.html': '<p>hi' }, ['undefined public null']],
  ['pages as they were written', { 'index.html': '<p>hi', 'style.css': '' }, ['undefined . null']],
  ['nothing', {}, ['undefined dist null']],
  [
    'two in one project',
    { 'package.json': packageWith('next', 'vitepress') },
    ['next out null', 'vitepress docs/.vitepress/dist null'],
  ],
  [
    'the packages of a workspace',
    {
      'package.json': '{ "workspaces": ["packages/*", "apps/**", "!apps/old"] }',
      'packages/lib/package.json': packageWith('react'),
      'apps/web/package.json': packageWith('vite'),
      'apps/docs/package.json': packageWith('@docusaurus/core'),
      'apps/old/package.json': packageWith('gatsby'),
      'apps/web/node_modules/x/package.json': packageWith('gatsby'),
    },
    ['docusaurus apps/docs/build null', 'vite apps/web/dist null'],
  ],
  [
    "pnpm's workspace",
    {
      'package.json': '{}',
      'pnpm-workspace.yaml': 'packages:\n  - site\n  - "tools/*"\n',
      'site/package.json': packageWith('astro'),
    },
    ['astro site/dist null'],
  ],
  [
    'a generator at the root of a workspace is nearest',
    {
      'package.json': '{ "workspaces": ["a"], "dependencies": { "astro": "*" } }',
      'a/package.json': packageWith('vite'),
    },
    ['astro dist null'],
  ],
])('%s', async (_, files, expected) => expect(await found(files)).toEqual(expected));

describe('what has to be done first', () => {
  test.each<[string | undefined, Readonly<Record<string, string>>]>([
    ["set output: 'export' in next.config: a server cannot be published", { 'package.json': packageWith('next') }],
    [undefined, { 'package.json': packageWith('next'), 'next.config.mjs': "export default { output: 'export' }" }],
    [undefined, { 'package.json': packageWith('next'), 'out/index.html': '' }],
    ['use @sveltejs/adapter-static: a server cannot be published', { 'package.json': packageWith('@sveltejs/kit') }],
    [undefined, { 'package.json': packageWith('@sveltejs/kit', '@sveltejs/adapter-static') }],
    [undefined, { 'package.json': packageWith('astro') }],
  ])('%s (row %#)', async (otherwise, files) => {
    expect((await findCandidates(tempTree(files)))[0].otherwise).toBe(otherwise);
  });
});
