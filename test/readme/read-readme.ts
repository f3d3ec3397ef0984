import { readFileSync } from 'node:fs';

/** A fenced block: ```` ```sh aws ```` has the language `sh` and the mark `aws`. */
export interface Block {
  readonly language: string;
  readonly marks: readonly string[];
  readonly text: string;
  /** Line of the file on which the fence stands, from 1. */
  readonly line: number;
}

export interface Readme {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Rows of the first table below a heading, without the table's own head. Throws where there is none. */
  table(heading: string): readonly (readonly string[])[];
}

/** Reads the README's blocks and tables. */
export function readReadme(): Readme {
  const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  return { text, blocks: blocksOf(text), table: (heading) => tableBelow(text, heading) };
}

function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(({ 1: info = '', 2: body = '', index }) => {
    const [language = '', ...marks] = info.split(' ').filter((word) => word !== '');
    return { language, marks, text: body, line: text.slice(0, index).split('\n').length };
  });
}

function tableBelow(text: string, heading: string): readonly (readonly string[])[] {
  const start = text.indexOf(`\n## ${heading}\n`);
  const rows = /\n\|[^\n]*\n\|[-|\s]+\n((?:\|[^\n]*\n)+)/.exec(text.slice(start))?.[1];
  if (start === -1 || rows === undefined) throw new Error(`README.md has no table below ${heading}`);
  return rows
    .trimEnd()
    .split('\n')
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** What stands between backticks. */
export const codeIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
