import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/**
 * The package as a user gets it: packed, and installed without scripts and development packages. npm takes what it can
 * from its cache, which `npm ci` has just filled.
 */
const root = resolve(import.meta.dirname, '../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdnpub-package-'));
  npm(root, 'pack', '--ignore-scripts', '--pack-destination', folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npm(folder, 'install', '--prefer-offline', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', tarball());
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the packed tarball is small and holds what runs, nothing else', () => {
  const bytes = statSync(join(folder, tarball())).size;
  const own = readdirSync(join(folder, 'node_modules/cdnpub')).sort();
  process.stdout.write(`tarball ${Math.round(bytes / 1000)} kB\n`);
  expect(bytes).toBeLessThan(1_000_000);
  expect(own).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'bin',
    'dist',
    'oclif.manifest.json',
    'package.json',
    'templates',
  ]);
});

test('what is installed stays bounded and holds no compiled addon', () => {
  const files = readdirSync(join(folder, 'node_modules'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  const packages = Object.keys(lock.packages).length - 1;
  process.stdout.write(`installed ${Math.round(bytes / 1e6)} MB in ${packages} packages\n`);
  expect(bytes).toBeLessThan(60_000_000);
  expect(packages).toBeLessThan(190);
  expect(files.filter(({ name }) => name.endsWith('.node'))).toEqual([]);
});

test('the installed program says its version and deploys', () => {
  const bin = join(folder, 'node_modules/.bin/cdnpub');
  expect(run(bin, ['--version'])).toMatch(/^cdnpub\/\d+\.\d+\.\d+ /);
  const result = JSON.parse(
    run(bin, ['deploy', join(root, 'templates/starter'), '--site', 'starter', '--local', '--yes', '--json']),
  );
  expect(result).toMatchObject({ ok: true, exit: 0, state: 'live', site: 'starter' });
});

const tarball = (): string => `./${readdirSync(folder).find((name) => name.endsWith('.tgz'))}`;

function npm(cwd: string, ...args: string[]): void {
  execFileSync('npm', args, { cwd, stdio: 'pipe' });
}

const run = (bin: string, args: string[]): string =>
  execFileSync(bin, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
