import { type CharPattern, type PlainGlob, readGlob, type SegmentPattern } from './read-glob.ts';

/**
 * Turns a file glob into a test for keys. `*` any characters within a segment, `**` as a segment any number of them, `?`
 * one character, `{a,b}` alternatives (nested too), `\` takes the next character as it is; all else stands for itself,
 * brackets included, and names that begin with a dot are like others. A glob is matched from the root: `*.html` is the
 * root's pages, with `**` as a segment before it all pages. No regular expression is made of what was typed, so that
 * time is bounded by the lengths. Throws `E_CONFIG` where the alternatives multiply to more than 1,000 globs.
 */
export function compileGlob(glob: string): (key: string) => boolean {
  const tests = readGlob(glob).map(compileOne);
  return (key) => tests.some((test) => test(key));
}

/** Most keys fail at the plain text that a glob begins or ends with, which costs next to nothing to see. */
function compileOne({ text, segments }: PlainGlob): (key: string) => boolean {
  const plain = text.includes('\\') ? [] : text.split(/[*?]/);
  const start = plain[0] ?? '';
  const end = (plain.at(-1) ?? '').replace(/^\//, '');
  return (key) =>
    key.startsWith(start) &&
    key.endsWith(end) &&
    matchesList(
      segments,
      key.split('/').map((segment) => [...segment]),
      segmentRules,
    );
}

/** How elements of a pattern are compared with elements of a subject. */
interface MatchRules<P, S> {
  repeats(pattern: P): boolean;
  fits(pattern: P, subject: S): boolean;
}

const charRules: MatchRules<CharPattern, string> = {
  repeats: (pattern) => pattern === 'any',
  fits: (pattern, char) => pattern === 'one' || (typeof pattern === 'object' && pattern.char === char),
};

const segmentRules: MatchRules<SegmentPattern, readonly string[]> = {
  repeats: (pattern) => pattern === 'segments',
  fits: (pattern, segment) => pattern !== 'segments' && matchesList(pattern, segment, charRules),
};

/** Wildcard matching with one point to fall back to: the last repetition takes one element more. */
function matchesList<P, S>(pattern: readonly P[], subject: readonly S[], rules: MatchRules<P, S>): boolean {
  let at = 0;
  let repeatAt = -1;
  let repeatedTo = 0;
  for (let i = 0; i < subject.length; ) {
    const wanted = pattern[at];
    const found = subject[i];
    if (wanted !== undefined && rules.repeats(wanted)) {
      repeatAt = at++;
      repeatedTo = i;
    } else if (wanted !== undefined && found !== undefined && rules.fits(wanted, found)) {
      at++;
      i++;
    } else if (repeatAt >= 0) {
      at = repeatAt + 1;
      i = ++repeatedTo;
    } else return false;
  }
  return pattern.slice(at).every((rest) => rules.repeats(rest));
}
