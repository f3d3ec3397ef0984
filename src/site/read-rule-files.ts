import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { RuleFiles } from '../model/inventory.ts';
import { directoryError, systemCode } from './directory-error.ts';
import type { Ignored } from './read-ignored.ts';

/**
 * The texts of `_headers` and `_redirects` at the root of a build; they steer the site and never go up. A file that the
 * config ignores, and a link that leaves the folder, counts as none. Throws `E_DIR` for one that cannot be read.
 */
export const readRuleFiles = (root: string, ignored: Ignored): RuleFiles => ({
  headers: ignored.reasonFor('_headers') === undefined ? readRuleFile(root, '_headers') : null,
  redirects: ignored.reasonFor('_redirects') === undefined ? readRuleFile(root, '_redirects') : null,
});

function readRuleFile(root: string, name: string): string | null {
  try {
    const real = realpathSync(join(root, name));
    const isInside = real.startsWith(realpathSync(root) + sep);
    return isInside && statSync(real).isFile() ? readFileSync(real, 'utf8') : null;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ELOOP') return null;
    throw code === undefined ? error : directoryError(name, code, error);
  }
}
