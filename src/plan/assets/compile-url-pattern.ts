/**
 * Turns a URL pattern (`/blog/*`) into a test for decoded paths. `*` stands for any characters, slashes too; `/a/*` takes
 * `/a` as well; a segment `:name` stands for one segment. All else, `?` and brackets included, stands for itself;
 * percent escapes are read as what they mean. Case counts, as it does in keys.
 */
export function compileUrlPattern(pattern: string): (path: string) => boolean {
  const whole = compileTokens(readTokens(pattern));
  if (!pattern.endsWith('/*')) return whole;
  const folder = compileTokens(readTokens(pattern.slice(0, -2)));
  return (path) => whole(path) || folder(path);
}

/** Most paths fail at the plain text that a pattern begins or ends with, which costs next to nothing to see. */
function compileTokens(tokens: readonly Token[]): (path: string) => boolean {
  const chars = tokens.map((token) => (typeof token === 'string' ? undefined : token.char));
  const start = chars.slice(0, indexOrEnd(chars.indexOf(undefined), chars)).join('');
  const end = chars.slice(chars.lastIndexOf(undefined) + 1).join('');
  return (path) => path.startsWith(start) && path.endsWith(end) && matches(tokens, path);
}

const indexOrEnd = (index: number, list: readonly unknown[]): number => (index < 0 ? list.length : index);

type Token = 'any' | 'segment' | { readonly char: string };

function readTokens(pattern: string): Token[] {
  const pieces = pattern.normalize('NFC').split(/(\*+|(?<=\/):[A-Za-z]\w*(?=\/|$))/);
  return pieces.flatMap((piece, index): Token[] => {
    if (index % 2 === 0) return [...decode(piece)].map((char) => ({ char }));
    return [piece.startsWith('*') ? 'any' : 'segment'];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text).normalize('NFC');
  } catch {
    return text; // a lone `%` stands for itself
  }
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
  if (token === 'segment') return char === '/' ? [] : [at, at + 1];
  return token.char === char ? [at + 1] : [];
}

/** Adds the places behind each `*`, which may stand for nothing. */
function skipAny(tokens: readonly Token[], states: readonly number[]): Set<number> {
  const all = new Set(states);
  for (const at of all) if (tokens[at] === 'any') all.add(at + 1);
  return all;
}
