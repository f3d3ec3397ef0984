import { Buffer } from 'node:buffer';

/** Header lines in order, names in lower case; a name may occur more than once. */
export type HeaderLines = readonly HeaderLine[];
export type HeaderLine = readonly [name: string, value: string];

/** A header's value, several lines joined by `, `; undefined where it is absent. */
export function headerValue(lines: HeaderLines, name: string): string | undefined {
  const values = lines.filter(([other]) => other === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

export function withoutHeaders(lines: HeaderLines, names: readonly string[]): HeaderLines {
  return lines.filter(([name]) => !names.includes(name));
}

/** Replaces all lines of each name by the one given. */
export function withHeaders(lines: HeaderLines, added: HeaderLines): HeaderLines {
  return [
    ...withoutHeaders(
      lines,
      added.map(([name]) => name),
    ),
    ...added,
  ];
}

/** Node's `rawHeaders` (name, value, name, value …) as lines. */
export function readHeaderLines(rawHeaders: readonly string[]): HeaderLines {
  return rawHeaders.flatMap(
    (name, i): HeaderLines => (i % 2 === 0 ? [[name.toLowerCase(), rawHeaders[i + 1] ?? '']] : []),
  );
}

/** Lines for Node's `http`, flat: characters that Latin-1 lacks go out as their UTF-8 bytes. */
export function writeHeaderLines(lines: HeaderLines): string[] {
  return lines.flatMap(([name, value]) => [name, /[^\u0020-\u00ff\t]/.test(value) ? utf8Bytes(value) : value]);
}

function utf8Bytes(value: string): string {
  return Buffer.from(value).toString('latin1');
}
