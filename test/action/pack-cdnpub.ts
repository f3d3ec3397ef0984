import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');

/** Packs the program as `npm publish` would; answers the path of the tarball. */
export const packCdnpub = (folder: string): string => pack(repository, folder);

/** Packs a program of the same name that only runs a script of Node; answers the path of the tarball. */
export function packStandIn(folder: string, script: string): string {
  const source = join(folder, 'source');
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'cdnpub', version: '0.0.1', bin: 'run.cjs' }));
  writeFileSync(join(source, 'run.cjs'), `#!/usr/bin/env node\n${script}`);
  chmodSync(join(source, 'run.cjs'), 0o755);
  return pack(source, folder);
}

function pack(source: string, folder: string): string {
  const argv = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const name = execFileSync('npm', argv, { cwd: source, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return join(folder, name.trim());
}

/** What npm needs in a child whose home is empty: this machine's own cache and settings. */
export function npmEnv(): Readonly<Record<string, string>> {
  const setting = (name: string) =>
    execFileSync('npm', ['config', 'get', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  return {
    npm_config_cache: setting('cache'),
    npm_config_userconfig: setting('userconfig'),
    npm_config_registry: setting('registry'),
    npm_config_prefer_offline: 'true',
    npm_config_update_notifier: 'false',
  };
}
