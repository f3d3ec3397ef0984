import { expect, test } from 'vitest';
import { buildCommand } from '../../src/app/build-command.ts';
import { tempTree } from '../config/temp-tree.ts';

const scripts = (more: object = {}): string => JSON.stringify({ scripts: { build: 'x', generate: 'y' }, ...more });

test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ['npm ci && npm run build', { 'package.json': scripts() }, 'astro build'],
  ['npm ci && npm run generate', { 'package.json': scripts() }, 'nuxt generate'],
  [
    'corepack enable && yarn install --immutable && yarn run build',
    { 'package.json': scripts(), 'yarn.lock': '' },
    undefined,
  ],
  [
    'corepack enable && pnpm install --frozen-lockfile && pnpm run build',
    { 'package.json': scripts({ packageManager: 'pnpm@9.1.0' }), 'yarn.lock': '' },
    undefined,
  ],
  ['hugo --gc --minify', { 'package.json': '{}' }, 'hugo --gc --minify'],
  ['mdbook build', {}, 'mdbook build'],
  ['mdbook build', { 'package.json': '{ not JSON' }, 'mdbook build'],
])('%s', (command, files, fallback) => expect(buildCommand(tempTree(files), fallback)).toBe(command));

test('a lockfile above tells as well', () => {
  const root = tempTree({ 'pnpm-lock.yaml': '', 'apps/web/package.json': scripts() });
  expect(buildCommand(`${root}/apps/web`, undefined)).toContain('pnpm run build');
});
