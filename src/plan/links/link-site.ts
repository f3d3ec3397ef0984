import { findAnswer } from '../../edge/redirects/find-answer.ts';
import { indexRules } from '../../edge/redirects/index-rules.ts';
import type { EdgeSource } from '../../model/edge-source.ts';

/** A site as links see it, once a deploy is done. */
export interface LinkSite {
  /** Whether a decoded path is answered by a file, a rule or another server. */
  answers(path: string): boolean;
  /** The file that would answer if the case of letters did not matter. */
  otherCase(path: string): string | undefined;
  /** Whether anything lies in a folder of the site: `docs/`. */
  holds(folder: string): boolean;
}

/** Looks at the site that keys and edge rules make. */
export function linkSite(request: { readonly keys: Iterable<string>; readonly source: EdgeSource }): LinkSite {
  const { cleanUrls, spa, redirects, origins } = request.source;
  const files = new Set(request.keys);
  const { matching } = indexRules(redirects);
  const patterns = origins.flatMap((origin) => origin.patterns);
  const known = new Map<string, boolean>();
  const lower = lazily(() => lowerCased(files));
  const find = (path: string): boolean =>
    findAnswer({ path, files, cleanUrls }) !== undefined ||
    (spa !== null && !/\.[^/]*$/.test(path)) ||
    patterns.some((pattern) => path.startsWith(pattern.replace(/\*.*$/s, ''))) ||
    matching(path).some(({ rule }) => rule.status < 400);
  return {
    answers(path) {
      const before = known.get(path);
      if (before !== undefined) return before;
      const answer = find(path);
      known.set(path, answer);
      return answer;
    },
    otherCase(path) {
      const { names, original } = lower();
      const found = findAnswer({ path: path.toLowerCase(), files: names, cleanUrls });
      return found === undefined ? undefined : original.get(found);
    },
    holds: (folder) => [...files].some((key) => key.startsWith(folder)),
  };
}

function lowerCased(files: ReadonlySet<string>) {
  const original = new Map([...files].map((key) => [key.toLowerCase(), key]));
  return { original, names: new Set(original.keys()) };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
