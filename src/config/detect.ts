import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { foldersUp } from './find-config.ts';
import { rules } from './rules.ts';
import type { DetectedSite } from './setting-layers.ts';

/**
 * The site's name where none was given: that of the nearest package.json at or above the build (up to the repository's
 * root), else the folder's. Throws `E_CONFIG` where no valid name can be made of it.
 */
export function detectSite(dir: string): DetectedSite {
  const packageName = foldersUp(dir)
    .map(packageNameIn)
    .find((name) => name !== undefined);
  const found =
    packageName === undefined
      ? { name: folderName(dir), source: 'folder name' }
      : { name: packageName.replace(/^@[^/]*\//, ''), source: 'package.json' };
  const site = toSiteName(found.name);
  const problem = rules.site(site);
  if (problem === undefined) return { site, source: found.source };
  throw new CdnpubError('E_CONFIG', {
    message: `the site needs a name; ${JSON.stringify(found.name)} (${found.source}) makes none: ${problem}`,
    hints: ['--site NAME', 'write "site" into the config'],
    details: { name: found.name, source: found.source },
  });
}

function packageNameIn(folder: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const name = typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : undefined;
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined; // none, or one that is not ours to complain about
  }
}

/** Folders that are named after what is in them. */
const buildFolders = new Set(['dist', 'build', 'out', 'public', '_site', 'www']);

/** Folders that are so only inside one of those: Angular's `dist/shop/browser`, React Router's `build/client`. */
const innerFolders = new Set(['browser', 'client', 'spa', 'web']);

function folderName(dir: string): string {
  const name = basename(dir);
  const parent = dirname(dir);
  if (parent === dir) return name;
  if (buildFolders.has(name) || name.startsWith('.')) return folderName(parent);
  const isInner = [parent, dirname(parent)].some((folder) => buildFolders.has(basename(folder)));
  return innerFolders.has(name) && isInner ? folderName(parent) : name;
}

/** Lower case, accents dropped, all else that is no letter or digit a single `-`. */
const toSiteName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
