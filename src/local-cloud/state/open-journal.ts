import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from './journal.ts';
import { writeAtomically } from './write-atomically.ts';

/** A journal in a file, one JSON line a write: `[name, value]`, or `[name]` where the record was dropped. */
export interface FileJournal extends Journal {
  close(): void;
}

/**
 * Opens `journal.jsonl` in `folder`. What an end in the middle of a write left of its last line is dropped, and the rest
 * is written anew with one line a record, so that the file does not grow for ever.
 * @throws Error where a line but the last cannot be read.
 */
export function openJournal(folder: string): FileJournal {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'journal.jsonl');
  const records = existsSync(path) ? readRecords(path) : new Map<string, unknown>();
  writeAtomically(path, [...records].map(lineOf).join(''));
  const file = openSync(path, 'a');
  return {
    entries: () => records,
    write(name, value) {
      writeSync(file, lineOf([name, value]));
    },
    close: () => closeSync(file),
  };
}

function lineOf([name, value]: readonly [string, unknown]): string {
  return `${JSON.stringify(value === undefined ? [name] : [name, value])}\n`;
}

function readRecords(path: string): Map<string, unknown> {
  const records = new Map<string, unknown>();
  const bytes = readFileSync(path);
  let begin = 0;
  // Line by line out of the bytes: the whole of a large journal is more than one string can hold.
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, begin)) {
    const [name, value] = readLine(bytes.toString('utf8', begin, end), path);
    if (value === undefined) records.delete(name);
    else records.set(name, value);
    begin = end + 1;
  }
  return records;
}

function readLine(line: string, path: string): readonly [string, unknown] {
  try {
    const [name, value] = JSON.parse(line) as [unknown, unknown];
    if (typeof name === 'string') return [name, value];
  } catch {
    // Told below with the file's name.
  }
  throw new Error(`${path} is damaged: it holds a line that is no record. Delete the folder to begin anew.`);
}
