import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { CdnpubError } from '../model/cdnpub-error.ts';

/** A config that was found, not read yet. */
export interface FoundConfig {
  readonly path: string;
  /** `cdnpub.config.json`, `package.json#cdnpub`: for messages. */
  readonly name: string;
  /** The key under which it stands in the file, if it is not the whole. */
  readonly within: 'cdnpub' | undefined;
}

/**
 * Finds the config: the file that was named, else the nearest from the build's folder up, else from the working folder
 * up, in both cases to the repository's root (the folder with `.git`). Throws `E_CONFIG` for two in one folder, and for a
 * named file that is missing or of no kind that is read.
 */
export function findConfig(place: {
  readonly cwd: string;
  readonly dir: string | undefined;
  readonly file: string | undefined;
}): FoundConfig | undefined {
  if (place.file !== undefined) return namedConfig(resolve(place.cwd, place.file), place.file);
  const starts = place.dir === undefined ? [place.cwd] : [resolve(place.cwd, place.dir), place.cwd];
  for (const folder of new Set(starts.flatMap(foldersUp))) {
    const found = configsIn(folder);
    if (found.length > 1) throw twoConfigs(relative(place.cwd, folder), found);
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}

/** A folder and those above it, up to the root of the repository or of the file system. */
export function foldersUp(start: string): string[] {
  const parent = dirname(start);
  return existsSync(join(start, '.git')) || parent === start ? [start] : [start, ...foldersUp(parent)];
}

const extensions = ['json', 'jsonc', 'js', 'mjs', 'cjs', 'ts', 'mts', 'cts', 'yaml', 'yml'];

function configsIn(folder: string): FoundConfig[] {
  const names = extensions.map((extension) => `cdnpub.config.${extension}`);
  const files = names.filter((name) => isFile(join(folder, name)));
  const packageFile = join(folder, 'package.json');
  const found = files.map((name): FoundConfig => ({ path: join(folder, name), name, within: undefined }));
  return isFile(packageFile) && holdsConfig(packageFile) ? [...found, packageConfig(packageFile)] : found;
}

/** Below a file there is no file, which `statSync` alone would throw at. */
const isFile = (path: string): boolean =>
  existsSync(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Also true of a package.json with mistakes elsewhere: its config must not be passed over in silence. */
function holdsConfig(path: string): boolean {
  const text = readFileSync(path, 'utf8');
  const tree = text.includes('"cdnpub"') ? parseTree(text, [], { allowTrailingComma: true }) : undefined;
  return tree !== undefined && findNodeAtLocation(tree, ['cdnpub']) !== undefined;
}

const packageConfig = (path: string): FoundConfig => ({ path, name: 'package.json#cdnpub', within: 'cdnpub' });

function namedConfig(path: string, typed: string): FoundConfig {
  if (!isFile(path)) {
    throw new CdnpubError('E_CONFIG', { message: `there is no config ${typed}`, hints: ['look at --config'] });
  }
  if (basename(path) === 'package.json') return packageConfig(path);
  const name = basename(path);
  if (extensions.includes(extname(name).slice(1))) return { path, name, within: undefined };
  throw new CdnpubError('E_CONFIG', {
    message: `${typed} is no kind of config; known are ${extensions.join(', ')}`,
    hints: ['look at --config'],
  });
}

const twoConfigs = (folder: string, found: readonly FoundConfig[]): CdnpubError =>
  new CdnpubError('E_CONFIG', {
    message: `${folder || 'this folder'} has two configs: ${found.map(({ name }) => name).join(' and ')}`,
    hints: ['keep one of them'],
    details: { files: found.map(({ path }) => path) },
  });
