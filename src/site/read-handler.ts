import { readFile } from 'node:fs/promises';
import { CdnpubError } from '../model/cdnpub-error.ts';

/** Text of a function of the user's own. Throws `E_CONFIG` where there is no such file. */
export async function readHandler(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CdnpubError('E_CONFIG', {
      message: `${file}, which "edge" names, cannot be read`,
      hints: ['paths in the config are relative to it'],
      cause,
    });
  }
}
