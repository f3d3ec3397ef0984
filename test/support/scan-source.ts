/** A source file as the architecture test sees it. */
export interface SourceFile {
  /** Relative to the repository, `/` between segments: `src/plan/plan-deploy.ts`. */
  readonly path: string;
  /** The text without comments and without plain strings; template literals stay, because they hold code. */
  readonly code: string;
  readonly imports: readonly SourceImport[];
}

export interface SourceImport {
  readonly specifier: string;
  /** `type`: `import type`, `export type … from` and `typeof import(…)`; gone at run time. */
  readonly kind: 'static' | 'dynamic' | 'type';
  /** Path of the imported file relative to the repository, or undefined for a package. */
  readonly target: string | undefined;
}

/**
 * Reads the imports of a file without a compiler. Comments go first; a string is recognised by its quotes, so a regular
 * expression that holds quotes may hide the rest of its line, and nothing more.
 */
export function scanSource(path: string, text: string): SourceFile {
  const bare = text.replace(token, (found) => (/^['"`]/.test(found) ? found : ' '));
  const imports = [...fromClauses(bare), ...dynamicImports(bare)].map(({ specifier, kind }) => ({
    specifier,
    kind,
    target: specifier.startsWith('.') ? join(path, specifier) : undefined,
  }));
  return { path, code: bare.replace(token, (found) => (/^['"]/.test(found) ? "''" : found)), imports };
}

/** A comment or a string, whichever begins first. */
const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

const fromClause = /^[ \t]*(?:import|export)\s+(type\s)?(?:[^;'"`]*?\sfrom\s*)?'([^']+)'/gm;

function* fromClauses(text: string): Generator<Pick<SourceImport, 'specifier' | 'kind'>> {
  for (const [, type, specifier = ''] of text.matchAll(fromClause)) {
    yield { specifier, kind: type === undefined ? 'static' : 'type' };
  }
}

const dynamicImport = /(\btypeof\s+)?\bimport\(\s*'([^']+)'/g;

function* dynamicImports(text: string): Generator<Pick<SourceImport, 'specifier' | 'kind'>> {
  for (const [, type, specifier = ''] of text.matchAll(dynamicImport)) {
    yield { specifier, kind: type === undefined ? 'dynamic' : 'type' };
  }
}

function join(path: string, specifier: string): string {
  const segments = path.split('/').slice(0, -1);
  for (const segment of specifier.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}
