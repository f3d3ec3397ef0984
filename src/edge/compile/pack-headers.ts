import type { ViewerHeaderRule } from '../../model/viewer-header-rule.ts';

/** Header rules as the function's text holds them: what recurs stands once. */
export type PackedHeaders = {
  /** Names of headers, and parts of their values, which are joined with `, `. */
  readonly texts: readonly string[];
  /** How patterns end. */
  readonly ends: readonly string[];
  readonly rules: readonly PackedRule[];
};

type PackedRule = readonly [
  /** Of the expression, between `^` and its end. */
  pattern: string,
  end: number,
  captures: readonly string[],
  /** A name and the parts of its value, as places in `texts`. */
  set: readonly (readonly [name: number, parts: readonly number[]])[],
  unset: readonly string[],
];

/** Packs rules: generators write the same preload links for page after page. */
export function packHeaders(rules: readonly ViewerHeaderRule[]): PackedHeaders {
  const texts = new Map<string, number>();
  const ends = new Map<string, number>();
  const packed = rules.map(({ pattern, captures, set, unset }): PackedRule => {
    const end = /(?:\(\?:\/\(\?:index.*)?\$$/.exec(pattern)?.[0] ?? '';
    const pairs = set.map(([name, value]) => {
      const parts = name === 'set-cookie' ? [value] : value.split(', ');
      return [placeOf(name, texts), parts.map((part) => placeOf(part, texts))] as const;
    });
    return [pattern.slice(1, pattern.length - end.length), placeOf(end, ends), captures, pairs, unset];
  });
  return { texts: [...texts.keys()], ends: [...ends.keys()], rules: packed };
}

function placeOf(text: string, places: Map<string, number>): number {
  const place = places.get(text) ?? places.size;
  places.set(text, place);
  return place;
}
