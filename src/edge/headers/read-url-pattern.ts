import type { PathPart } from '../../model/redirect-rule.ts';

/**
 * The parts of a URL pattern (`/blog/*`): `*` is a splat, `:name` behind a slash a segment or the beginning of one, all
 * else text, whose percent escapes are read as what they mean. Doubled slashes are one, and one at the end means nothing.
 */
export function readUrlPattern(pattern: string): readonly PathPart[] {
  // No name holds a slash, so an escaped one is one.
  const slashes = pattern.normalize('NFC').replace(/(?:\/|%2f)+/gi, '/');
  const text = slashes === '/' ? slashes : slashes.replace(/\/$/, '');
  const pieces = text.split(/(\*+|(?<=\/):[A-Za-z]\w*)/).filter((piece) => piece !== '');
  return pieces.map((piece): PathPart => {
    if (piece.startsWith('*')) return { kind: 'splat' };
    if (/^:[A-Za-z]/.test(piece)) return { kind: 'segment', name: piece.slice(1) };
    return { kind: 'text', text: decode(piece) };
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text).normalize('NFC');
  } catch {
    return text; // a lone `%` stands for itself
  }
}
