import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CdnpubError } from '../model/cdnpub-error.ts';

/** What a new config says. */
export interface InitChoices {
  readonly site: string;
  /** Relative to the config. */
  readonly dir: string;
  readonly region: string;
}

/** Folders that builds are usually written to, in the order in which they are tried. */
const usualDirs = ['dist', 'build', 'out', 'public', '_site', 'site', 'www'];

/** The folder that probably holds the build: the first usual one with an index, else `dist`. */
export const guessDir = (cwd: string): string =>
  usualDirs.find((dir) => existsSync(join(cwd, dir, 'index.html'))) ?? 'dist';

const configName = 'cdnpub.config.json';

/** Throws `E_CONFIG` where a config exists already: nothing that a user has is overwritten. */
export function refuseExisting(existing: string | undefined): void {
  if (existing === undefined) return;
  throw new CdnpubError('E_CONFIG', {
    message: `${existing} exists already`,
    hints: ['edit it, or remove it first', 'cdnpub deploy'],
  });
}

/** Writes the config; answers its path. It never replaces one. */
export async function writeConfig(cwd: string, choices: InitChoices): Promise<string> {
  const path = join(cwd, configName);
  try {
    await writeFile(path, `${JSON.stringify(choices, undefined, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'EEXIST') refuseExisting(path);
    throw new CdnpubError('E_CONFIG', { message: `${path} could not be written: ${String(error)}`, cause: error });
  }
  return path;
}
