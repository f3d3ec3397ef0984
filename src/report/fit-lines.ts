import { textWidth } from './text-width.ts';

/**
 * Lines for a terminal of so many columns. What is too long goes on below, where its text began: first whole columns of
 * a line, then words. No word is ever cut, so an address can still be copied; one that is too long for its column
 * stands on a line of its own.
 */
export const fitLines = (lines: readonly string[], columns: number): readonly string[] =>
  lines.flatMap((line) => (textWidth(line) <= columns ? [line] : fitLine(line, columns)));

/** What words that are longer than their column move to. */
const least = 4;

function fitLine(line: string, columns: number): readonly string[] {
  const hang = hangOf(line, columns);
  const begin = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = begin;
  const fits = (text: string) => textWidth(current) + textWidth(text) <= columns;
  const next = (word: string) => {
    if (current.trim() !== '') lines.push(current);
    const room = columns - textWidth(word);
    const indent = room >= hang ? hang : Math.max(Math.min(hang, least, room), 0);
    current = ' '.repeat(indent) + word;
  };
  for (const { gap, text } of cellsOf(line.slice(begin.length))) {
    if (fits(gap + text)) {
      current += gap + text;
      continue;
    }
    if (gap !== '' && hang + textWidth(text) <= columns && textWidth(current) > hang) {
      next(text);
      continue;
    }
    text.split(' ').forEach((word, index) => {
      const space = index === 0 ? gap : ' ';
      if (fits(space + word) || isMark(current)) current += space + word;
      else next(word);
    });
  }
  return [...lines, current];
}

/** A glyph does not stand alone. */
const isMark = (text: string): boolean => /^ *[+~h=✔✖!·-]?$/.test(text);

interface Cell {
  /** What parts it from the one before. */
  readonly gap: string;
  readonly text: string;
}

/** The columns of a line, which two spaces and more part, and what stands between dots and arrows. */
const cellsOf = (line: string): readonly Cell[] =>
  [...line.matchAll(/( +|^)(\S+(?: (?![·→] )\S+)*)/g)].map(([, gap = '', text = '']) => ({ gap, text }));

/** Where a line goes on: under the text beside its label, under the second column of a change, else a little further in. */
function hangOf(line: string, columns: number): number {
  const [, begin = '', mark] = /^( *)([+~h=✔✖!·-] )?/.exec(line) ?? [];
  if (mark === undefined) {
    const advice = /^ {4}(?:Try|or) +/.exec(line)?.[0].length;
    return advice ?? (/^ {2}\S.{12} \S/.test(line) ? 16 : begin.length === 16 ? 16 : begin.length + 2);
  }
  const second = /^ *\S+ \S+(?: \S+)* {2,}/.exec(line)?.[0];
  const at = second === undefined ? 0 : textWidth(second);
  return at > 0 && at <= columns / 2 && /^ {2}[+~h=-] /.test(line) ? at : begin.length + 4;
}
