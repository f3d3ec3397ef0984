import { type Dirent, lstatSync, readdir, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fastGlob from 'fast-glob';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { LeftOut } from '../model/inventory.ts';
import { directoryError, systemCode } from './directory-error.ts';
import { type EntryKind, exclusionOf } from './exclusion.ts';
import type { Ignored } from './read-ignored.ts';

/** What a walk came upon; paths are relative to the root, spelled as on disk, with `/` between names. */
export interface Walked {
  readonly sources: string[];
  readonly leftOut: LeftOut[];
}

/**
 * Finds every file under a folder that goes up. Links inside the root are followed, those that leave it are left out.
 * Throws `E_DIR` for a folder that cannot be read and for names that no key can be made of.
 */
export async function walk(root: string, ignored: Ignored): Promise<Walked> {
  const real = realpathSync(root);
  const walked: Walked = { sources: [], leftOut: [] };
  await walkFolder({ root, real, ignored, walked }, '', [real]);
  return walked;
}

interface Walk {
  readonly root: string;
  /** The root without links. */
  readonly real: string;
  readonly ignored: Ignored;
  readonly walked: Walked;
}

/** `chain` are the real folders that the way here led through: a link back to one of them would never end. */
async function walkFolder(walk: Walk, folder: string, chain: readonly string[]): Promise<void> {
  const links: string[] = [];
  const entries = await list(walk, folder);
  for (const { dirent, path } of entries) {
    const source = folder === '' ? path : `${folder}/${path}`;
    if (dirent.isFile()) walk.walked.sources.push(source);
    else if (dirent.isSymbolicLink()) links.push(source);
    else if (!dirent.isDirectory()) leaveOut(walk, source, 'not a file');
  }
  for (const link of links) await followLink(walk, link, chain);
}

/** Everything under a folder but what is left out. The pattern is ours; names are never read as patterns. */
async function list(walk: Walk, folder: string): Promise<fastGlob.Entry[]> {
  const cwd = join(walk.root, folder);
  const options = {
    cwd,
    dot: true,
    onlyFiles: false,
    objectMode: true,
    followSymbolicLinks: false,
    unique: false,
  } as const;
  return await fastGlob('**/*', { ...options, fs: { readdir: prunedReaddir(walk) } });
}

/** Reads a folder without what is left out, so that the walk never descends into it. */
function prunedReaddir(walk: Walk): NonNullable<fastGlob.FileSystemAdapter['readdir']> {
  function pruned(path: string, options: { withFileTypes: true }, callback: Callback<Dirent>): void;
  function pruned(path: string, callback: Callback<string>): void;
  function pruned(
    path: string,
    options: { withFileTypes: true } | Callback<string>,
    callback?: Callback<Dirent>,
  ): void {
    if (typeof options === 'function') readdir(path, options);
    else readdir(path, options, (error, dirents) => callback?.(...pruneFolder(walk, path, error, dirents)));
  }
  return pruned;
}

type Callback<T> = (error: Error | null, entries: T[]) => void;

function pruneFolder(walk: Walk, path: string, error: Error | null, dirents: Dirent[]): Parameters<Callback<Dirent>> {
  const folder = relative(walk.root, path).split(sep).join('/');
  if (error !== null) return [directoryError(folder || path, systemCode(error) ?? 'EIO', error), []];
  try {
    return [null, dirents.filter((dirent) => isWanted(walk, folder, dirent))];
  } catch (refusal) {
    return [refusal instanceof Error ? refusal : new Error(String(refusal)), []];
  }
}

function isWanted(walk: Walk, parent: string, dirent: Dirent): boolean {
  const { name } = dirent;
  const source = parent === '' ? name : `${parent}/${name}`;
  const exclusion = exclusionOf({ name, kind: kindOf(dirent), parent });
  const shown = dirent.isDirectory() ? `${source}/` : source;
  if (exclusion !== undefined) return leaveOut(walk, shown, exclusion.reason);
  const reason = walk.ignored.reasonFor(shown);
  if (reason !== undefined) return leaveOut(walk, shown, reason);
  refuseName(walk, parent, name);
  return true;
}

function kindOf(dirent: Dirent): EntryKind {
  if (dirent.isSymbolicLink()) return 'link';
  return dirent.isDirectory() ? 'folder' : 'file';
}

/** Names are refused that are no text, and those with control characters: XML 1.0, in which S3 talks, cannot hold them. */
function refuseName(walk: Walk, parent: string, name: string): void {
  const where = parent === '' ? 'the folder' : parent;
  const hints = ['rename it in the build', 'or name it under "ignore" in the config'];
  if ([...name].some((char) => char < ' ')) {
    const message = `${where} holds a name with control characters: ${JSON.stringify(name)}`;
    throw new CdnpubError('E_DIR', { message, hints });
  }
  // Node reads bytes that are no UTF-8 as U+FFFD, and then there is no file of that name.
  if (name.includes('\uFFFD') && !exists(join(walk.root, parent, name))) {
    throw new CdnpubError('E_DIR', { message: `${where} holds a name that is not valid UTF-8: ${name}`, hints });
  }
}

const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

async function followLink(walk: Walk, source: string, chain: readonly string[]): Promise<void> {
  const target = readLink(walk, source);
  if (target === undefined) return;
  const parent = realpathSync(join(walk.root, source, '..'));
  const reason = target.kind === 'file' ? undefined : walk.ignored.reasonFor(`${source}/`);
  if (target.kind === 'file') walk.walked.sources.push(source);
  else if (reason !== undefined) leaveOut(walk, `${source}/`, reason);
  else if ([parent, ...chain].some((passed) => holds(target.real, passed))) {
    leaveOut(walk, source, 'a link back to a folder that holds it');
  } else await walkFolder(walk, source, [...chain, parent, target.real]);
}

/** Where a link leads, when that is a file or folder of the build that may go up. */
function readLink(walk: Walk, source: string): { kind: 'file' | 'folder'; real: string } | undefined {
  const real = realPathOf(walk, source);
  if (real === undefined) return undefined;
  if (!holds(walk.real, real)) return refuse(walk, source, 'a link that leaves the folder');
  const stats = statSync(real);
  const path = relative(walk.real, real).split(sep);
  const hidden = path.find((name, index) => isNeverShown(path, name, index, stats.isDirectory()));
  if (hidden !== undefined) return refuse(walk, source, `a link to ${hidden}, which stays out`);
  if (!stats.isFile() && !stats.isDirectory()) return refuse(walk, source, 'not a file');
  return { kind: stats.isFile() ? 'file' : 'folder', real };
}

function isNeverShown(path: readonly string[], name: string, index: number, isFolder: boolean): boolean {
  const kind = isFolder || index < path.length - 1 ? 'folder' : 'file';
  return exclusionOf({ name, kind, parent: path.slice(0, index).join('/') })?.always === true;
}

function realPathOf(walk: Walk, source: string): string | undefined {
  try {
    return realpathSync(join(walk.root, source));
  } catch (error) {
    const code = systemCode(error) ?? 'EIO';
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuse(walk, source, 'a link to nothing');
    if (code === 'ELOOP') return refuse(walk, source, 'a link that leads to itself');
    throw directoryError(source, code, error);
  }
}

const holds = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

function leaveOut(walk: Walk, path: string, reason: string): false {
  walk.walked.leftOut.push({ path, reason });
  return false;
}

function refuse(walk: Walk, path: string, reason: string): undefined {
  walk.walked.leftOut.push({ path, reason });
  return undefined;
}
