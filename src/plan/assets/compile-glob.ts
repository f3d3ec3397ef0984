import { CdnpubError } from '../../model/cdnpub-error.ts';

/**
 * Turns a file glob into a test for keys. `*` any characters within a segment, `**` as a segment any number of them, `?`
 * one character, `{a,b}` alternatives (nested too), `\` takes the next character as it is; all else stands for itself,
 * brackets included, and names that begin with a dot are like others. A glob is matched from the root: `*.html` is the
 * root's pages, with `**` as a segment before it all pages. No regular expression is made of what was typed, so that
 * time is bounded by the lengths. Throws `E_CONFIG` where the alternatives multiply to more than 1,000 globs.
 */
export function compileGlob(glob: string): (key: string) => boolean {
  const tests = expandBraces(glob.normalize('NFC')).map(compileOne);
  return (key) => tests.some((test) => test(key));
}

/** Most keys fail at the plain text that a glob begins or ends with, which costs next to nothing to see. */
function compileOne(glob: string): (key: string) => boolean {
  const pattern = readPattern(glob);
  const plain = glob.includes('\\') ? [] : glob.split(/[*?]/);
  const start = plain[0] ?? '';
  const end = (plain.at(-1) ?? '').replace(/^\//, '');
  return (key) =>
    key.startsWith(start) &&
    key.endsWith(end) &&
    matchesList(
      pattern,
      key.split('/').map((segment) => [...segment]),
      segmentRules,
    );
}

/** What a segment of a glob asks for, character by character; or any number of segments. */
type SegmentPattern = 'segments' | readonly CharPattern[];
type CharPattern = 'any' | 'one' | { readonly char: string };

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

/** Cuts at `/`; an escaped one is a separator too, as no name can hold it. A last `**` needs a segment to stand for. */
function readPattern(glob: string): SegmentPattern[] {
  const segments = glob.replaceAll('\\/', '/').split('/').map(readSegment);
  return segments.at(-1) === 'segments' ? [...segments, ['any']] : segments;
}

function readSegment(segment: string): SegmentPattern {
  if (segment === '**') return 'segments';
  const chars: CharPattern[] = [];
  const source = [...segment];
  for (let i = 0; i < source.length; i++) {
    const char = source[i] ?? '';
    if (char === '*') chars.push('any');
    else if (char === '?') chars.push('one');
    else chars.push({ char: char === '\\' ? (source[++i] ?? '\\') : char });
  }
  return chars;
}

const mostAlternatives = 1000;

/** All globs without braces that a glob stands for; a brace without its twin stands for itself. */
function expandBraces(glob: string): string[] {
  const group = findGroup(glob);
  if (group === undefined) return [glob];
  const tails = expandBraces(glob.slice(group.end + 1));
  const expanded = group.alternatives
    .flatMap((alternative) => expandBraces(alternative))
    .flatMap((middle) => tails.map((tail) => glob.slice(0, group.start) + middle + tail));
  if (expanded.length > mostAlternatives) {
    throw new CdnpubError('E_CONFIG', {
      message: `the pattern ${glob} stands for more than ${mostAlternatives} globs`,
    });
  }
  return expanded;
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly alternatives: readonly string[];
}

/** The first closed `{…}` with a comma, cut at its own commas; `{id}` stands for itself, as in a shell. */
function findGroup(glob: string): Group | undefined {
  for (let start = 0; start < glob.length; start++) {
    if (glob[start] === '\\') start++;
    else if (glob[start] === '{') {
      const group = closeGroup(glob, start);
      if (group !== undefined && group.alternatives.length > 1) return group;
    }
  }
  return undefined;
}

function closeGroup(glob: string, start: number): Group | undefined {
  const alternatives: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let i = start; i < glob.length; i++) {
    if (glob[i] === '\\') i++;
    else if (glob[i] === '{') depth++;
    else if (glob[i] === '}') depth--;
    if (depth > 1 || i < from) continue;
    if (depth === 0 || glob[i] === ',') {
      alternatives.push(glob.slice(from, i));
      from = i + 1;
    }
    if (depth === 0) return { start, end: i, alternatives };
  }
  return undefined;
}
