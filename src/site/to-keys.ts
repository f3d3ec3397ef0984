import { CdnpubError } from '../model/cdnpub-error.ts';
import { compareKeys } from '../model/compare-keys.ts';
import { ownFolder, stateFolder } from '../model/state-keys.ts';

/** A file and the key that it goes to. */
export interface KeyedSource {
  readonly key: string;
  readonly source: string;
}

/** Longest key, in UTF-8 bytes (S3: PutObject). */
const longestKeyBytes = 1024;

/**
 * Makes a key of each path: NFC, as browsers ask for it, in the order of UTF-8 bytes. Throws `E_DIR` where two paths make
 * one key, a key is too long, or the build holds a folder that is cdnpub's own.
 */
export function toKeys(sources: readonly string[]): KeyedSource[] {
  const keyed = sources.map((source) => ({ key: source.normalize('NFC'), source }));
  keyed.sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.source, b.source));
  keyed.forEach((file, index) => {
    checkKey(file.key);
    const before = keyed[index - 1];
    if (before?.key === file.key) throw collision(before.source, file.source);
  });
  return keyed;
}

function checkKey(key: string): void {
  const own = [ownFolder, stateFolder].find((folder) => key.startsWith(folder));
  if (own !== undefined) throw reservedFolder(own);
  const bytes = key.length * 3 > longestKeyBytes ? utf8Length(key) : key.length;
  if (bytes <= longestKeyBytes) return;
  throw new CdnpubError('E_DIR', {
    message: `the path ${key} has ${bytes} bytes; a key in S3 has at most ${longestKeyBytes}`,
    hints: ['shorten the names in the build'],
    details: { key, bytes },
  });
}

/** The build holds a folder in which cdnpub keeps what is its own. */
export const reservedFolder = (folder: string): CdnpubError =>
  new CdnpubError('E_DIR', {
    message: `the build holds ${folder}, which is where cdnpub keeps its own files in the bucket`,
    hints: ['rename that folder in the build'],
    details: { folder },
  });

function utf8Length(text: string): number {
  return [...text].reduce((sum, char) => sum + utf8Width(char.codePointAt(0) ?? 0), 0);
}

function utf8Width(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

const collision = (a: string, b: string): CdnpubError =>
  new CdnpubError('E_DIR', {
    message: `two files make one URL: ${spell(a)} and ${spell(b)}`,
    hints: ['their names differ only in how accents are encoded (NFC and NFD): remove one of them'],
    details: { sources: [a, b] },
  });

/** Shows the difference that a terminal hides. */
const spell = (path: string): string =>
  path === path.normalize('NFC') ? path : `${path.normalize('NFC')} (spelled ${escapeMarks(path)})`;

const escapeMarks = (path: string): string =>
  path.replace(/[^\x20-\x7e]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
