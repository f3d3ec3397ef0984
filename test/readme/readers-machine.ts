import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { plainEnv } from '../support/start-cloud.ts';

const repository = resolve(import.meta.dirname, '../..');

/** Where a reader of the README types its commands. */
export interface ReadersMachine {
  /** A clone of the repository in which `npm ci` has run. */
  readonly clone: string;
  /** A project of the reader's own, with a build in `dist/`. */
  readonly project: string;
  run(script: string, cwd: string): { readonly code: number | null; readonly output: string };
  remove(): void;
}

/**
 * Clones the repository, with the packages and the built program of this one in place of what `npm ci` would make. In the
 * project `npx cdnpub` is the clone's program, made to use the local cloud and, where it would stay up, to end.
 */
export function setUpReadersMachine(): ReadersMachine {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cdnpub-reader-')));
  const [clone, project, home] = ['clone', 'my-site', 'home'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  execFileSync('git', ['clone', '--quiet', repository, clone]);
  symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'));
  for (const built of ['dist', 'oclif.manifest.json'])
    cpSync(join(repository, built), join(clone, built), { recursive: true });
  mkdirSync(home);
  mkdirSync(join(project, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "name": "my-site", "private": true }');
  cpSync(join(clone, 'templates/starter'), join(project, 'dist'), { recursive: true });
  const program = join(project, 'node_modules/.bin/cdnpub');
  writeFileSync(program, standIn(join(clone, 'bin/run.js')));
  chmodSync(program, 0o755);
  const env = { ...plainEnv(home), npm_config_offline: 'true', npm_config_update_notifier: 'false' };
  return {
    clone,
    project,
    run(script, cwd) {
      const { status, stdout, stderr } = spawnSync('/bin/bash', ['-euc', script], { cwd, env, encoding: 'utf8' });
      return { code: status, output: stdout + stderr };
    },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

const standIn = (binary: string): string => `#!/bin/sh
[ "$1" != dev ] || set -- "$@" --once --port 0 --cloud-port 0
exec "${process.execPath}" "${binary}" "$@" --local
`;
