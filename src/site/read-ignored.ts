import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore from 'ignore';
import { directoryError, systemCode } from './directory-error.ts';

/** What of a build the user keeps from going up. */
export interface Ignored {
  /** Why a path, relative to the build, stays out; folders end in `/`. undefined where it goes up. */
  reasonFor(path: string): string | undefined;
}

const fileName = '.cdnpubignore';

/**
 * Joins the config's patterns, which are relative to the build, with the `.cdnpubignore` files of the build and of the
 * folders above it up to the repository's root, each relative to its own folder as git does it: the nearer file has the
 * later word, and the config the last. Throws `E_DIR` for a file that cannot be read.
 */
export function readIgnored(root: string, patterns: readonly string[]): Ignored {
  const layers = [
    ...ignoreFilesAbove(root).map(({ folder, text }) => ({
      rules: ignore({ ignorecase: false }).add(text),
      below: prefixOf(folder, root),
      reason: `ignored by ${fileName}`,
    })),
    { rules: ignore({ ignorecase: false }).add([...patterns]), below: '', reason: 'ignored by the config' },
  ];
  return {
    reasonFor(path) {
      let reason: string | undefined;
      for (const layer of layers) {
        const { ignored, unignored } = layer.rules.test(layer.below + path);
        if (ignored) reason = layer.reason;
        else if (unignored) reason = undefined;
      }
      return reason;
    },
  };
}

const prefixOf = (folder: string, root: string): string => {
  const path = relative(folder, root).split(sep).join('/');
  return path === '' ? '' : `${path}/`;
};

/** Farthest first. Nothing above the root of the repository is the user's to say about this site. */
function ignoreFilesAbove(folder: string): { readonly folder: string; readonly text: string }[] {
  const parent = dirname(folder);
  const above = existsSync(join(folder, '.git')) || parent === folder ? [] : ignoreFilesAbove(parent);
  const text = readIfThere(join(folder, fileName));
  return text === undefined ? above : [...above, { folder, text }];
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw directoryError(path, code ?? 'EIO', error);
  }
}
