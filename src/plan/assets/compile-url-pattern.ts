import { isWholeSegment } from '../../edge/headers/is-whole-segment.ts';
import { readUrlPattern } from '../../edge/headers/read-url-pattern.ts';
import type { PathPart } from '../../model/redirect-rule.ts';

/**
 * Turns a URL pattern (`/blog/*`) into a test for decoded paths. `*` stands for any characters, slashes too; where it is
 * a whole segment it may be missing with its slash, so that `/a/*` takes `/a` as well. A segment `:name` stands for one
 * segment. All else, `?` and brackets included, stands for itself; percent escapes are read as what they mean. Case
 * counts, as it does in keys; a slash at the end does not.
 */
export function compileUrlPattern(pattern: string): (path: string) => boolean {
  const test = compileTokens(readUrlPattern(pattern).flatMap(tokensOf));
  return (path) => test(path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);
}

/** `slash` may be missing, with the `any` that follows it. */
type Token = 'any' | 'slash' | 'segment' | { readonly char: string };

function tokensOf(part: PathPart, index: number, parts: readonly PathPart[]): Token[] {
  if (part.kind === 'segment') return ['segment'];
  if (part.kind === 'splat') return isWholeSegment(parts, index) ? ['slash', 'any'] : ['any'];
  const text = isWholeSegment(parts, index + 1) ? part.text.slice(0, -1) : part.text;
  return [...text].map((char) => ({ char }));
}

/** Most paths fail at the plain text that a pattern begins or ends with, which costs next to nothing to see. */
function compileTokens(tokens: readonly Token[]): (path: string) => boolean {
  const chars = tokens.map((token) => (typeof token === 'string' ? undefined : token.char));
  const first = chars.indexOf(undefined);
  const whole = chars.join('');
  if (first < 0) return (path) => path === whole;
  const start = chars.slice(0, first).join('');
  const end = chars.slice(chars.lastIndexOf(undefined) + 1).join('');
  const least = start.length + end.length;
  const isIt = compileMiddle(tokens.filter((token) => typeof token === 'string'));
  return (path) =>
    path.length >= least &&
    path.startsWith(start) &&
    path.endsWith(end) &&
    (isIt?.(path.slice(start.length, path.length - end.length)) ?? matches(tokens, path));
}

/** What stands between beginning and end, where that is one wildcard and the answer plain to see. */
function compileMiddle(wildcards: readonly Token[]): ((middle: string) => boolean) | undefined {
  if (wildcards.join() === 'any') return () => true;
  return wildcards.join() === 'slash,any' ? (middle) => middle === '' || middle.startsWith('/') : undefined;
}

/** Follows all readings of the pattern at once, so that no pattern takes longer than its length times the path's. */
function matches(tokens: readonly Token[], path: string): boolean {
  let states = skipAny(tokens, [0]);
  for (const char of path) {
    states = skipAny(
      tokens,
      [...states].flatMap((at) => step(tokens[at], char, at)),
    );
    if (states.size === 0) return false;
  }
  return states.has(tokens.length);
}

/** Where a reading that stands before a token can stand after a character. */
function step(token: Token | undefined, char: string, at: number): number[] {
  if (token === undefined) return [];
  if (token === 'any') return [at];
  if (token === 'slash') return char === '/' ? [at + 1] : [];
  if (token === 'segment') return char === '/' ? [] : [at, at + 1];
  return token.char === char ? [at + 1] : [];
}

/** Adds the places behind each `*`, which may stand for nothing, and behind what may be missing. */
function skipAny(tokens: readonly Token[], states: readonly number[]): Set<number> {
  const all = new Set(states);
  for (const at of all) {
    if (tokens[at] === 'any') all.add(at + 1);
    if (tokens[at] === 'slash') all.add(at + 2);
  }
  return all;
}
