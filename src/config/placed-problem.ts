import type { ConfigProblem } from './check-config.ts';

/** A problem with its place in the file; line and column begin at 1, `path` is `headers[0].set`. */
export interface PlacedProblem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** A config file that was read but not checked: its value and where each part stands, or why there is none. */
export type ReadFile =
  | { readonly kind: 'value'; readonly value: unknown; place(problem: ConfigProblem): PlacedProblem }
  | { readonly kind: 'problems'; readonly problems: readonly PlacedProblem[] };

/** Places a problem at an offset of a text. */
export function placeAt(text: string, offset: number, path: string, message: string): PlacedProblem {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, path, message };
}

/** `headers[0].set`; a key that is no name stands in quotes. */
export const showPath = (keys: readonly (string | number)[]): string =>
  keys
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      return /^[\w$-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    })
    .join('')
    .replace(/^\./, '');
