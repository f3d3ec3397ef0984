import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Shapes of real builds: one of folders with an index, one of dotted folder names, one of pages with CJK names. */
export type SiteName = 'aasa' | 'docusaurus' | 'vitepress-zh';

export const siteNames: readonly SiteName[] = ['aasa', 'docusaurus', 'vitepress-zh'];

export interface SiteFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Whether the name carries a hash of the content. */
  readonly fingerprinted: boolean;
}

/** The files of a shape, in the order of their UTF-8 bytes. */
export function readShape(name: SiteName): readonly SiteFile[] {
  const text = readFileSync(new URL(`../fixtures/sites/${name}.json`, import.meta.url), 'utf8');
  const { files } = JSON.parse(text) as { readonly files: readonly (readonly [string, number, true?])[] };
  return files.map(([path, size, fingerprinted = false]) => ({ path, size, fingerprinted }));
}

/** Builds a shape in a directory: real paths and sizes, filler bytes. The same path and size always give the same bytes. */
export function buildSite(name: SiteName, directory: string): readonly SiteFile[] {
  const files = readShape(name);
  for (const { path, size } of files) {
    const target = join(directory, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contentOf(path, size));
  }
  return files;
}

/** Bytes of a file: a small page filled up with a comment, or noise. A page too small for that is cut off. */
export function contentOf(path: string, size: number): Uint8Array {
  if (!path.endsWith('.html')) return noise(path, size);
  const [head, tail] = [
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${path}</title><p>${path}</p><!--`,
    '--></html>\n',
  ];
  const room = size - Buffer.byteLength(head + tail);
  const page = Buffer.from(
    room < 0
      ? head
      : `${head}${noise(path, Math.ceil(room / 2))
          .toString('hex')
          .slice(0, room)}${tail}`,
  );
  return page.subarray(0, size);
}

const noise = (path: string, size: number): Buffer =>
  size === 0 ? Buffer.alloc(0) : createHash('shake256', { outputLength: size }).update(path).digest();
