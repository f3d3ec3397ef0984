import { readUrlPattern } from '../../edge/headers/read-url-pattern.ts';
import type { PathPart } from '../../model/redirect-rule.ts';

/**
 * Turns a URL pattern (`/blog/*`) into a test for decoded paths. `*` stands for any characters, slashes too; `/a/*` takes
 * `/a` as well; a segment `:name` stands for one segment. All else, `?` and brackets included, stands for itself;
 * percent escapes are read as what they mean. Case counts, as it does in keys; a slash at the end does not.
 */
export function compileUrlPattern(pattern: string): (path: string) => boolean {
  const tests = alternatives(readUrlPattern(pattern)).map((parts) => compileTokens(parts.flatMap(tokensOf)));
  return (path) => {
    const bare = path === '/' ? path : path.replace(/\/$/, '');
    return tests.some((test) => test(bare));
  };
}

/** A splat that is a last segment may be missing, with the slash before it. */
function alternatives(parts: readonly PathPart[]): readonly (readonly PathPart[])[] {
  const before = parts.at(-2);
  if (parts.at(-1)?.kind !== 'splat' || before?.kind !== 'text' || !before.text.endsWith('/')) return [parts];
  const folder = { kind: 'text', text: before.text.slice(0, -1) } as const;
  return [parts, [...parts.slice(0, -2), folder]];
}

type Token = 'any' | 'segment' | { readonly char: string };

function tokensOf(part: PathPart): Token[] {
  if (part.kind === 'text') return [...part.text].map((char) => ({ char }));
  return [part.kind === 'splat' ? 'any' : 'segment'];
}

/** Most paths fail at the plain text that a pattern begins or ends with, which costs next to nothing to see. */
function compileTokens(tokens: readonly Token[]): (path: string) => boolean {
  const chars = tokens.map((token) => (typeof token === 'string' ? undefined : token.char));
  const start = chars.slice(0, indexOrEnd(chars.indexOf(undefined), chars)).join('');
  const end = chars.slice(chars.lastIndexOf(undefined) + 1).join('');
  return (path) => path.startsWith(start) && path.endsWith(end) && matches(tokens, path);
}

const indexOrEnd = (index: number, list: readonly unknown[]): number => (index < 0 ? list.length : index);

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
  if (token === 'segment') return char === '/' ? [] : [at, at + 1];
  return token.char === char ? [at + 1] : [];
}

/** Adds the places behind each `*`, which may stand for nothing. */
function skipAny(tokens: readonly Token[], states: readonly number[]): Set<number> {
  const all = new Set(states);
  for (const at of all) if (tokens[at] === 'any') all.add(at + 1);
  return all;
}
