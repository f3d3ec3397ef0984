import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { checkConfig } from './check-config.ts';
import { type FoundConfig, findConfig } from './find-config.ts';
import { type PlacedProblem, readJson } from './read-json.ts';
import type { ConfigFile } from './schema.ts';
import type { LoadedConfig } from './setting-layers.ts';

/**
 * Finds, reads and checks the config; `undefined` where there is none. Folders in it come out absolute: they are relative
 * to the file. Throws one `E_CONFIG` with every problem, its line and column (`details.problems`).
 */
export async function loadConfig(place: {
  readonly cwd: string;
  /** The build's folder, where one was given. */
  readonly dir?: string | undefined;
  /** A config that was named, relative to the working folder. */
  readonly file?: string | undefined;
}): Promise<LoadedConfig | undefined> {
  const found = findConfig({ cwd: place.cwd, dir: place.dir, file: place.file });
  if (found === undefined) return undefined;
  const { config, lineOf } = readConfig(found);
  return { path: found.path, name: found.name, config: absoluteFolders(config, dirname(found.path)), lineOf };
}

function readConfig(found: FoundConfig): Required<Pick<LoadedConfig, 'config' | 'lineOf'>> {
  const json = readJson(readText(found), found.within);
  if (json.kind === 'problems') throw configError(found, json.problems);
  const checked = checkConfig(json.value);
  if (checked.kind === 'config') {
    return { config: checked.config, lineOf: (path) => json.place({ path, message: '' }).line };
  }
  throw configError(
    found,
    checked.problems.map(json.place).sort((a, b) => a.line - b.line || a.column - b.column),
  );
}

function readText({ path, name }: FoundConfig): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CdnpubError('E_CONFIG', { message: `${name} cannot be read`, details: { file: path }, cause });
  }
}

function configError({ path, name }: FoundConfig, placed: readonly PlacedProblem[]): CdnpubError {
  const file = name.replace(/#.*$/, '');
  const lines = placed.map(({ line, column, path: keys, message }) => {
    return `${file}:${line}:${column} ${keys === '' ? message : `${keys}: ${message}`}`;
  });
  const count = `${placed.length} ${placed.length === 1 ? 'problem' : 'problems'}`;
  return new CdnpubError('E_CONFIG', {
    message: `${name} has ${count}:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    hints: [`change ${path}`],
    details: { problems: placed.map((problem) => ({ file: path, ...problem })) },
  });
}

function absoluteFolders(config: ConfigFile, folder: string): ConfigFile {
  const environments = Object.entries(config.env ?? {});
  const env = Object.fromEntries(environments.map(([name, overlay]) => [name, withFolder(overlay, folder)]));
  return { ...withFolder(config, folder), ...(config.env === undefined ? {} : { env }) };
}

const withFolder = <T extends { dir?: string | undefined }>(config: T, folder: string): T =>
  config.dir === undefined ? config : { ...config, dir: resolve(folder, config.dir) };
