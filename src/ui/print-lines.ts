import { fitLines } from '../report/fit-lines.ts';
import { plainLine } from '../report/github/plain-line.ts';
import { paintLine } from './paint-line.ts';

/** Lines for people on one of the process's streams: fitted and coloured where a terminal reads them. */
export function printLines(stream: NodeJS.WriteStream, lines: readonly string[]): void {
  const shown = process.env.GITHUB_ACTIONS === 'true' ? lines.map(plainLine) : linesFor(stream, lines);
  if (shown.length > 0) stream.write(`${shown.join('\n')}\n`);
}

/** Columns of a terminal; undefined where none reads the stream. */
export const columnsOf = (stream: NodeJS.WriteStream): number | undefined =>
  stream.isTTY === true && stream.columns > 0 ? Math.max(stream.columns, fewestColumns) : undefined;

/** Below that nothing can be laid out; terminals of some build machines say they have none. */
const fewestColumns = 30;

/** Whether colour is shown there: only on a terminal, and never under `NO_COLOR` (no-color.org). */
const hasColour = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';

function linesFor(stream: NodeJS.WriteStream, lines: readonly string[]): readonly string[] {
  const columns = columnsOf(stream);
  const fitted = columns === undefined ? lines : fitLines(lines, columns);
  return hasColour(stream) ? fitted.map(paintLine) : fitted;
}
