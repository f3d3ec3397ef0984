import type { Framework } from './framework.ts';
import { frameworks } from './frameworks.ts';

/** A build as far as it tells where it comes from. */
export interface BuildSigns {
  /** Paths of its files, `/` between names. */
  readonly files: readonly string[];
  /** The beginning of its index.html; empty where there is none. */
  readonly indexHead: string;
}

/**
 * The generator that a build comes from, by its files or by what its first page says of itself; undefined where neither
 * tells. Files that only one generator writes are the better witness: themes write the other by hand.
 */
export function detectOutput({ files, indexHead }: BuildSigns): Framework | undefined {
  const byFiles = frameworks.find(({ marks }) => marks.files?.some((set) => set.every((one) => hasFile(files, one))));
  if (byFiles !== undefined && byFiles.rank !== 'bundler') return byFiles;
  const said = generatorsOf(indexHead);
  const bySaying = frameworks.find(({ marks }) => said.some((one) => marks.generator?.test(one)));
  return bySaying ?? byFiles;
}

const hasFile = (files: readonly string[], pattern: RegExp): boolean => files.some((path) => pattern.test(path));

function generatorsOf(html: string): string[] {
  const tags = html.match(/<meta\b[^>]*>/gi) ?? [];
  return tags
    .filter((tag) => /\bname\s*=\s*["']?generator\b/i.test(tag))
    .flatMap((tag) => /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag)?.slice(1) ?? [])
    .filter((content) => content !== undefined);
}
