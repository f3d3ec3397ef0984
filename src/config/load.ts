import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { checkConfig } from './check-config.ts';
import { type FoundConfig, findConfig } from './find-config.ts';
import type { PlacedProblem, ReadFile } from './placed-problem.ts';
import { readJson } from './read-json.ts';
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
  const read = await readConfig(found);
  return { ...read, path: found.path, name: found.name, config: absoluteFolders(read.config, dirname(found.path)) };
}

async function readConfig(found: FoundConfig): Promise<Pick<LoadedConfig, 'config' | 'lineOf'>> {
  const read = await readFile(found);
  if (read.kind === 'problems') throw configError(found, read.problems);
  const checked = checkConfig(read.value);
  if (checked.kind === 'problems') {
    const problems = checked.problems.map(read.place);
    throw configError(
      found,
      problems.sort((a, b) => a.line - b.line || a.column - b.column),
    );
  }
  const { config } = checked;
  // Where a value of a program stands can only be guessed, which is good enough for a mistake.
  if (kindOf(found) === 'code') return { config };
  return { config, lineOf: (path) => read.place({ path, message: '' }).line };
}

/** The libraries of a kind are loaded only where a file of that kind is met. */
async function readFile(found: FoundConfig): Promise<ReadFile> {
  const text = readText(found);
  const kind = kindOf(found);
  if (kind === 'json') return readJson(text, found.within);
  if (kind === 'yaml') return (await import('./read-yaml.ts')).readYaml(text);
  return (await import('./read-code.ts')).readCode(found.path, text);
}

const kindOf = ({ path }: FoundConfig): 'json' | 'yaml' | 'code' => {
  if (/\.jsonc?$/.test(path)) return 'json';
  return /\.ya?ml$/.test(path) ? 'yaml' : 'code';
};

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
  const { env, sites } = config;
  return {
    ...withFolder(config, folder),
    ...(env === undefined ? {} : { env: mapValues(env, (overlay) => withFolder(overlay, folder)) }),
    ...(sites === undefined ? {} : { sites: mapValues(sites, (site) => absoluteFolders(site, folder)) }),
  };
}

const mapValues = <T, U>(values: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));

interface Places {
  readonly dir?: string | undefined;
  readonly edge?: { viewerRequest?: string | undefined; viewerResponse?: string | undefined } | undefined;
}

function withFolder<T extends Places>(config: T, folder: string): T {
  const { dir, edge } = config;
  const handlers = Object.entries(edge ?? {}).map(([event, file]) => [event, file && resolve(folder, file)]);
  return {
    ...config,
    ...(dir === undefined ? {} : { dir: resolve(folder, dir) }),
    ...(edge === undefined ? {} : { edge: Object.fromEntries(handlers) }),
  };
}
