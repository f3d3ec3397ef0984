/**
 * Whether a cache behaviour's path pattern matches a raw URI ("Path pattern"): `*` is 0 or more characters, `?` exactly
 * one, the rest is compared as it is spelled, in its case; a leading `/` of the pattern is optional.
 */
export function matchPathPattern(pattern: string, uri: string): boolean {
  const wanted = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  let [at, star, retry] = [0, -1, 0];
  let i = 0;
  while (i < uri.length) {
    const char = wanted[at];
    if (char === '*') {
      [star, retry] = [at, i];
      at += 1;
    } else if (char === '?' || (char !== undefined && char === uri[i])) {
      at += 1;
      i += 1;
    } else if (star >= 0) {
      // Let the last star take one character more.
      retry += 1;
      [at, i] = [star + 1, retry];
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(at));
}
