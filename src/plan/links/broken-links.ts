import type { RuleSource } from '../../model/redirect-rule.ts';
import { findCssReferences } from './find-css-references.ts';
import { findReferences } from './find-references.ts';
import type { LinkSite } from './link-site.ts';
import { resolvePath } from './resolve-path.ts';

/** Links to one path that nothing answers. */
export interface BrokenLink {
  /** Decoded. */
  readonly path: string;
  /** Where the first of them stands. */
  readonly source: RuleSource;
  readonly count: number;
}

/** A page or style sheet whose links are looked at. */
export interface LinkingFile {
  /** As it is called in the build. */
  readonly source: string;
  readonly kind: 'page' | 'styles';
  /** The path that it answers to; null for a page that is shown at any path, whose relative links lead anywhere. */
  readonly url: string | null;
  readonly text: string;
}

/** Adds the links of a file that nothing answers to those of the files before it, by path. */
export function addBrokenLinks(broken: Map<string, BrokenLink>, file: LinkingFile, site: LinkSite): void {
  const { base, references } =
    file.kind === 'page' ? findReferences(file.text) : { base: null, references: findCssReferences(file.text) };
  const start = base === null ? file.url : (resolveBase(base, file.url ?? '/') ?? elsewhere);
  if (start === elsewhere) return;
  for (const { url, at } of references) {
    if (start === null && !url.trim().startsWith('/')) continue;
    const path = resolvePath(url, start ?? '/');
    if (path === undefined || site.answers(path)) continue;
    const before = broken.get(path);
    const source = before?.source ?? { file: file.source, line: lineAt(file.text, at) };
    broken.set(path, { path, source, count: (before?.count ?? 0) + 1 });
  }
}

/** A base on another host: every relative link leads there. */
const elsewhere = Symbol('elsewhere');

/** `<base href="/docs/">` as a path; what it resolves to is decoded, and is encoded again. */
function resolveBase(base: string, url: string): string | undefined {
  const path = resolvePath(base, url);
  return path?.split('/').map(encodeURIComponent).join('/');
}

/** From 1. */
function lineAt(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) line++;
  return line;
}
