import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { compareKeys } from '../model/compare-keys.ts';
import type { Scan } from '../model/inventory.ts';
import { ownFolder, stateFolder } from '../model/state-keys.ts';
import { directoryError, systemCode, whenFinished } from './directory-error.ts';
import { findSecrets, secretMarkers } from './find-secrets.ts';
import type { HashResult } from './hash-file.ts';
import { hashFiles } from './hash-files.ts';
import { inspectProject } from './inspect-project.ts';
import { readIgnored } from './read-ignored.ts';
import { readRuleFiles } from './read-rule-files.ts';
import { type KeyedSource, reservedFolder, toKeys } from './to-keys.ts';
import { walk } from './walk.ts';

/**
 * Reads the build: which files go up under which keys, their sizes and SHA-256, what stays out and why, what looks like a
 * secret, and whether this is a build at all. `ignore` are gitignore patterns, relative to the root; `.cdnpubignore` files join them.
 * Throws `E_DIR` for a folder that cannot be read or that no site can be made of, also when it changes meanwhile.
 */
export async function scanSite(request: { readonly root: string; readonly ignore: readonly string[] }): Promise<Scan> {
  const root = resolve(request.root);
  checkRoot(root);
  const ignored = readIgnored(root, request.ignore);
  const { sources, leftOut } = await walk(root, ignored);
  const keyed = toKeys(sources);
  const results = await hashFiles({ root, sources: keyed.map(({ source }) => source), markers: secretMarkers });
  const hashed = keyed.map((file, index) => ({ file, ...expectHashed(file, results[index]) }));
  return {
    root,
    files: hashed.map(({ file, size, sha256, head }) => ({ ...file, size, sha256, ...packing(head) })),
    ruleFiles: readRuleFiles(root, ignored),
    leftOut: leftOut.sort((a, b) => compareKeys(a.path, b.path)),
    secrets: findSecrets(hashed.map(({ file, head }) => ({ key: file.key, head }))),
    project: inspectProject(root),
  };
}

/** RFC 1952 §2.3.1: how a gzip stream begins. */
const packing = (head: string | null): { packed?: 'gzip' } =>
  head?.startsWith('\x1f\x8b') === true ? { packed: 'gzip' } : {};

function checkRoot(root: string): void {
  const stats = statsOf(root);
  if (stats === undefined) {
    throw new CdnpubError('E_DIR', { message: `there is no folder ${root}`, hints: ['build the site first'] });
  }
  if (!stats.isDirectory()) {
    throw new CdnpubError('E_DIR', {
      message: `${root} is a file, not a folder`,
      hints: ['give the folder of the build'],
    });
  }
  const own = [ownFolder, stateFolder].find((folder) => isFolder(join(root, folder.slice(0, -1))));
  if (own !== undefined && !holdsLocalCloudAlone(join(root, own))) throw reservedFolder(own);
}

/** The local cloud keeps its state in `.cdnpub/local` of the folder it is run in; hidden, it stays out by itself. */
const holdsLocalCloudAlone = (folder: string): boolean => readdirSync(folder).every((name) => name === 'local');

function statsOf(root: string) {
  try {
    return statSync(root, { throwIfNoEntry: false });
  } catch (error) {
    throw directoryError(root, systemCode(error) ?? 'EIO', error);
  }
}

const isFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function expectHashed(
  { source }: KeyedSource,
  result: HashResult | undefined,
): Extract<HashResult, { kind: 'hashed' }> {
  if (result?.kind === 'hashed') return result;
  if (result?.kind === 'failed') throw directoryError(source, result.code);
  throw new CdnpubError('E_DIR', {
    message: `${source} changed while it was read`,
    hints: [whenFinished],
    details: { path: source },
  });
}
