import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the build as UTF-8 text; undefined where it cannot be read any more, which the upload will tell of. */
export function readText(root: string, source: string): string | undefined {
  try {
    return readFileSync(join(root, source), 'utf8');
  } catch {
    return undefined;
  }
}
