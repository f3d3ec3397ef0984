/** Why an entry stays out. `always`: even when a link under another name leads to it. */
export interface Exclusion {
  readonly reason: string;
  readonly always: boolean;
}

/** A link counts as both, until it is known where it leads. */
export type EntryKind = 'file' | 'folder' | 'link';

/** Whether a file or folder of that name stays out of every deploy, and why; `undefined` where it goes up. */
export function exclusionOf(entry: {
  readonly name: string;
  readonly kind: EntryKind;
  /** Folder that holds it, relative to the build: empty, or without a slash at its end. */
  readonly parent: string;
}): Exclusion | undefined {
  const { name, kind, parent } = entry;
  const always = reasonFor(name, kind, parent);
  if (always !== undefined) return { reason: always, always: true };
  if (!name.startsWith('.') || (kind !== 'file' && name === '.well-known')) return undefined;
  return { reason: 'hidden', always: false };
}

function reasonFor(name: string, kind: EntryKind, parent: string): string | undefined {
  if (versionControl.has(name)) return 'version control';
  if (/^\.env(?:\.|$)/.test(name)) return 'may hold secrets';
  if (leftovers.has(name.toLowerCase())) return 'left by the operating system';
  if (kind !== 'file' && isPackages(name, parent)) return 'installed packages';
  if (kind === 'folder') return undefined;
  if (name === '_redirects' || name === '_headers') return 'rules, not a page';
  if (/^cdnpub\.config\.\w+$/.test(name)) return 'configuration of cdnpub';
  return name === '.nojekyll' ? 'a marker for GitHub Pages' : undefined;
}

/** Expo's web export keeps fonts and images of packages under `assets/node_modules/`: those are part of the site. */
const isPackages = (name: string, parent: string): boolean =>
  name === 'node_modules' && !parent.split('/').includes('assets');

/** Folders, and the file `.git` of a worktree. */
const versionControl = new Set(['.git', '.hg', '.svn', '.bzr', '.jj', '_darcs', 'CVS']);

const leftovers = new Set(['.ds_store', 'thumbs.db', 'ehthumbs.db', 'desktop.ini', '__macosx']);
