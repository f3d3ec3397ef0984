/** A scalar is text, whatever it looks like: an action's inputs are. */
export type Yaml = string | readonly Yaml[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: Yaml;
}

/**
 * Reads the part of YAML that action.yml keeps to: maps and lists by indentation, plain and single-quoted scalars,
 * `|` blocks and flow maps of scalars on one line. Throws on anything else rather than guess.
 */
export function readYaml(text: string): YamlMap {
  const lines = text.split('\n');
  const reader = { lines, at: 0 };
  const map = readMap(reader, 0);
  if (peek(reader) !== undefined) throw unread(reader);
  return map;
}

interface Reader {
  readonly lines: string[];
  /** Index of the line to be read next. */
  at: number;
}

const unread = ({ lines, at }: Reader): Error => new Error(`line ${at + 1} cannot be read: ${lines[at]}`);

/** The next line that is neither empty nor a comment. */
function peek(reader: Reader): { readonly indent: number; readonly text: string } | undefined {
  while (/^\s*(?:#|$)/.test(reader.lines[reader.at] ?? 'end')) reader.at += 1;
  const line = reader.lines[reader.at];
  if (line === undefined) return undefined;
  const text = line.trimStart();
  return { indent: line.length - text.length, text };
}

function readMap(reader: Reader, indent: number): YamlMap {
  const entries: [string, Yaml][] = [];
  for (let line = peek(reader); line?.indent === indent; line = peek(reader)) {
    const [, key, value = ''] = /^([\w-]+):(?: (.+))?$/.exec(line.text) ?? [];
    if (key === undefined || entries.some(([known]) => known === key)) throw unread(reader);
    reader.at += 1;
    entries.push([key, readValue(reader, indent, value)]);
  }
  return Object.fromEntries(entries);
}

function readValue(reader: Reader, indent: number, value: string): Yaml {
  if (value === '|') return readLiteral(reader, indent);
  if (value !== '') return flowMap(value) ?? scalar(value);
  const next = peek(reader);
  if (next === undefined || next.indent <= indent) throw unread(reader);
  return next.text.startsWith('- ') ? readList(reader, next.indent) : readMap(reader, next.indent);
}

function readList(reader: Reader, indent: number): readonly Yaml[] {
  const items: Yaml[] = [];
  for (let line = peek(reader); line?.indent === indent && line.text.startsWith('- '); line = peek(reader)) {
    // What stands behind the dash is the first line of a map that is two columns further in.
    reader.lines[reader.at] = `${' '.repeat(indent + 2)}${line.text.slice(2)}`;
    items.push(readMap(reader, indent + 2));
  }
  return items;
}

function readLiteral(reader: Reader, indent: number): string {
  const block: string[] = [];
  for (; reader.at < reader.lines.length; reader.at += 1) {
    const line = reader.lines[reader.at] ?? '';
    if (line.trim() !== '' && line.search(/\S/) <= indent) break;
    block.push(line);
  }
  const margin = block[0]?.search(/\S/) ?? 0;
  return `${block
    .map((line) => line.slice(margin))
    .join('\n')
    .trimEnd()}\n`;
}

function flowMap(value: string): YamlMap | undefined {
  const [, inner] = /^\{ (.+) \}$/.exec(value) ?? [];
  if (inner === undefined) return undefined;
  const entries = inner.split(', ').map((part) => /^([\w-]+): (.+)$/.exec(part)?.slice(1) ?? []);
  return Object.fromEntries(entries.map(([key = '', text = '']) => [key, scalar(text)]));
}

function scalar(value: string): string {
  const [, quoted] = /^'((?:[^']|'')*)'$/.exec(value) ?? [];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  if (/^[&*!>%@`"'[\]{}|,?#-]|: | #/.test(value)) throw new Error(`a scalar that cannot be read: ${value}`);
  return value;
}
