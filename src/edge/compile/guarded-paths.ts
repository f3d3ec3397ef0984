import { stemOf } from '../site-shape.ts';

/**
 * Source of the regular expression that tells guarded paths, decoded and without leading slash. `/private/*` takes
 * `/private` as well; `*` is whatever comes. A pattern for one file takes every name that the file answers to.
 */
export function guardedPaths(patterns: readonly string[]): string {
  const sources = patterns.map((pattern) => pattern.replace(/^\//, '')).flatMap((path) => [path, stemOf(path)]);
  return `^(?:${[...new Set(sources)].map(toSource).join('|')})$`;
}

function toSource(path: string): string {
  const [folder, ...rest] = path.endsWith('/*') ? [path.slice(0, -2)] : [path, ''];
  const source = folder.replace(/[\\^$.*+?()[\]{}|]/g, (c) => (c === '*' ? '[\\s\\S]*' : `\\${c}`));
  return rest.length === 0 ? `${source}(?:/[\\s\\S]*)?` : source;
}
