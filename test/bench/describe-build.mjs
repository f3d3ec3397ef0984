import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { walk } from './walk.mjs';

/** MD5 and size of each file of a build, by key. */
export const describeBuild = (dir) =>
  new Map(
    walk(dir).map((path) => {
      const bytes = readFileSync(path);
      return [relative(dir, path), { md5: createHash('md5').update(bytes).digest('hex'), size: bytes.length }];
    }),
  );
