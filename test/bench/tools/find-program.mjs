import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program lies, on PATH or in the folder that is given; undefined where it is not. */
export function findProgram(name, folder) {
  const folders = folder === undefined ? (process.env.PATH ?? '').split(delimiter) : [folder];
  return folders.map((one) => join(one, name)).find((path) => existsSync(path));
}

/** First line of what a program says of its version. */
export function versionOf(command, args) {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n')[0] ?? '';
}
