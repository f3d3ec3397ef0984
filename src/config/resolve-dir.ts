import { CdnpubError } from '../model/cdnpub-error.ts';
import { checkPicked } from './check-picked.ts';
import { type Layer, pick } from './layers.ts';
import { rules } from './rules.ts';

/** The build's folder. Throws `E_CONFIG` where nothing names one. */
export function resolveDir(layers: readonly Layer[]): string {
  const dir = checkPicked(pick(layers, 'dir'), rules.dir)?.value;
  if (dir !== undefined) return dir;
  throw new CdnpubError('E_CONFIG', {
    message: 'no folder is given and the config has no "dir"',
    hints: ['cdnpub deploy dist', 'write "dir": "dist" into the config'],
  });
}
