import { canonicalPath } from '../../edge/canonical-path.ts';
import type { CdnSnapshot } from '../../model/snapshot.ts';

/**
 * Every path under which an edge may hold a key; null where that cannot be told. Where cdnpub's function gives each key
 * one spelling, that is all. Else an index answers for its folder too, with a slash at its end and without, and a name is
 * spelled as browsers and as programs write it; a raw `~` CloudFront refuses, and `*` it takes for a wildcard.
 */
export function pathsOf(key: string, cdn: CdnSnapshot | undefined): readonly string[] | null {
  const caching = cdn?.caching;
  if (caching === undefined) return [canonicalPath(key)];
  if (caching.kind === 'unknown' || /[~*]/.test(key)) return null;
  const path = caching.folder + key;
  const folder = /^([\s\S]*\/|)index\.html$/.exec(path)?.[1];
  const names = [path, ...(folder === undefined ? [] : [folder, folder.slice(0, -1)])];
  if (path === cdn?.distribution?.fields.DefaultRootObject) names.push('');
  return [...new Set(names.flatMap(spellings))];
}

const spellings = (name: string): readonly string[] => [
  canonicalPath(name),
  `/${encodeURI(name).replace(/[?#]/g, encodeURIComponent)}`,
  `/${encodeURIComponent(name).replaceAll('%2F', '/')}`,
];
