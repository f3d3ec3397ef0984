/** What stands at a path without its ending, as a sum: a file of that very name, a folder with an index, a page. */
export const pathKind = { none: 0, file: 1, folder: 2, page: 4 } as const;

/** A sum of `pathKind`s. */
export type PathKind = number;

/** Which URL each file answers to: a rule for extensionless paths, and what stands at each path. */
export interface SiteShape {
  /** What most extensionless paths are. */
  readonly rule: PathKind;
  /** Every path that has a file: decoded, without leading slash or ending. */
  readonly kinds: ReadonlyMap<string, PathKind>;
}

/** The shape of a build. The rule is what most of its extensionless paths are, so that a site of one style needs few exceptions. */
export function siteShape(keys: readonly string[]): SiteShape {
  const kinds = new Map<string, PathKind>();
  const add = (path: string, kind: PathKind) => kinds.set(path, (kinds.get(path) ?? 0) | kind);
  for (const key of keys) {
    const page = pageOf(key);
    if (page === undefined) add(key, pathKind.file);
    else if (page.stem !== '') add(page.stem, page.kind);
  }
  for (const path of [...kinds.keys()].filter((one) => /[^/]\.html$/.test(one))) {
    // A folder or a page is called so: the file of that name counts as any file, and what is not there must be told.
    const kind = kinds.get(path.slice(0, -'.html'.length)) ?? pathKind.none;
    if (kind & pathKind.page) add(path, pathKind.file);
    kinds.set(path.slice(0, -'.html'.length), kind);
  }
  return { rule: mostCommon(kinds), kinds };
}

/**
 * The paths that `rule` does not tell rightly, in the order of their names. A file whose name has an ending is one
 * without being told; `docs/index` is always told, as it asks for the folder's index where there is no file of that name.
 */
export function exceptionsTo(rule: PathKind, { kinds }: SiteShape): readonly (readonly [string, PathKind])[] {
  return [...kinds].filter(([path, kind]) => kind !== impliedKind(path, rule)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Without leading slash: what makes no difference to the file that a path means is cut off. */
export const stemOf = (path: string): string => path.replace(/(\/|(^|\/)index(\.html)?|\.html)$/, '');

/** The ending that makes a path a file of its own; the function's text uses the same expression. */
const hasEnding = (path: string): boolean => /\.[A-Za-z0-9_]{1,16}$/.test(path);

function impliedKind(path: string, rule: PathKind): PathKind {
  if (hasEnding(path)) return pathKind.file;
  return /(^|\/)index$/.test(path) ? pathKind.none : rule;
}

/** The path that an HTML file answers to: `docs` for `docs/index.html` and for `docs.html`; the root's is empty. */
function pageOf(key: string): { readonly stem: string; readonly kind: PathKind } | undefined {
  if (key === 'index.html') return { stem: '', kind: pathKind.folder };
  if (key.endsWith('/index.html')) return { stem: key.slice(0, -'/index.html'.length), kind: pathKind.folder };
  const stem = /^([\s\S]*[^/])\.html$/.exec(key)?.[1];
  return stem === undefined ? undefined : { stem, kind: pathKind.page };
}

function mostCommon(kinds: ReadonlyMap<string, PathKind>): PathKind {
  const count = (wanted: PathKind) => [...kinds].filter(([path, kind]) => kind & wanted && !hasEnding(path)).length;
  return count(pathKind.page) > count(pathKind.folder) ? pathKind.page : pathKind.folder;
}
