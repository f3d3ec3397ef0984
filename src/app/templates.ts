import { readFile } from 'node:fs/promises';

/** Text of a file of `templates/`, which lies beside `src/` in a checkout and beside `dist/` in the package. */
export const readTemplate = (name: string): Promise<string> =>
  readFile(new URL(`../../templates/${name}`, import.meta.url), 'utf8');
