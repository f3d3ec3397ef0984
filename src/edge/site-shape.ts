/** What stands at a path without its ending; the numbers are those of the function's text. */
export const pathKind = { file: 1, folder: 2, page: 3, both: 4, app: 5 } as const;

export type PathKind = (typeof pathKind)[keyof typeof pathKind];

/** Which URL each file answers to: a rule for extensionless paths, and the paths for which the rule is wrong. */
export interface SiteShape {
  /** What an extensionless path is unless it is known to be something else. */
  readonly rule: PathKind;
  /** Paths (decoded, without leading slash or ending) that the rule does not tell rightly. */
  readonly known: Readonly<Record<string, PathKind>>;
}

/**
 * The shape of a build. The rule is what most of its extensionless paths are, so that a site of one style needs no
 * exceptions; a single-page app's rule is the app.
 */
export function siteShape(keys: readonly string[], spa: string | null): SiteShape {
  const kinds = pathKinds(keys);
  const rule = spa === null ? mostCommon(kinds) : pathKind.app;
  const known = [...kinds]
    .filter(([path, kind]) => kind !== impliedKind(path, rule) || isIndexStem(path))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { rule, known: Object.fromEntries(known) };
}

/** The ending that makes a path a file of its own; the function's text uses the same expression. */
const hasExtension = (path: string): boolean => /\.[A-Za-z0-9_]{1,16}$/.test(path);

const impliedKind = (path: string, rule: PathKind): PathKind => (hasExtension(path) ? pathKind.file : rule);

function pathKinds(keys: readonly string[]): ReadonlyMap<string, PathKind> {
  const files = new Set(keys);
  const kinds = new Map<string, PathKind>();
  for (const key of keys) {
    const stem = htmlStem(key);
    if (stem !== undefined) kinds.set(stem, kindOfStem(stem, files));
    else if (!hasExtension(key)) kinds.set(key, pathKind.file);
  }
  return kinds;
}

/** `docs/index` asks for the folder's index, unless a folder of that name is known. */
const isIndexStem = (stem: string): boolean => /(^|\/)index$/.test(stem);

/** The path that an HTML file answers to: `docs` for `docs/index.html` and for `docs.html`; the root needs none. */
function htmlStem(key: string): string | undefined {
  if (key.endsWith('/index.html')) return key.slice(0, -'/index.html'.length);
  return key.endsWith('.html') && key !== 'index.html' ? key.slice(0, -'.html'.length) : undefined;
}

function kindOfStem(stem: string, files: ReadonlySet<string>): PathKind {
  if (files.has(stem)) return pathKind.file;
  const folder = files.has(`${stem}/index.html`);
  const page = files.has(`${stem}.html`) && !isIndexStem(stem);
  return folder && page ? pathKind.both : folder ? pathKind.folder : pathKind.page;
}

function mostCommon(kinds: ReadonlyMap<string, PathKind>): PathKind {
  const count = (wanted: PathKind) =>
    [...kinds].filter(([path, kind]) => kind === wanted && !hasExtension(path)).length;
  return count(pathKind.page) > count(pathKind.folder) ? pathKind.page : pathKind.folder;
}
