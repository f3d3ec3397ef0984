import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder, absolute. */
export function walk(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}
