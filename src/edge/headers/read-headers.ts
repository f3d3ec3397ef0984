import type { Diagnostic } from '../../model/diagnostic.ts';
import { headerProblem } from '../../model/header-problem.ts';
import type { HeaderStatement } from '../../model/header-statement.ts';

export interface ReadHeaders {
  /** In the order of the lines. */
  readonly statements: readonly HeaderStatement[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a `_headers` file: Netlify's grammar, and Cloudflare's `! Name`, which takes a header away. A path begins a
 * block, the lines below it are its headers. A header that stands twice in a block is joined with `, `, where it may
 * hold several values. Nothing is thrown; each line that cannot be honoured is told.
 */
export function readHeaders({ text, file }: { readonly text: string; readonly file: string }): ReadHeaders {
  const reading: Reading = { file, blocks: [], diagnostics: [] };
  // A byte order mark is no part of the first path.
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) readLine(reading, line.trim(), index + 1);
  const statements = reading.blocks.flatMap((block) => statementsOf(reading, block));
  return { statements, diagnostics: reading.diagnostics.sort((a, b) => (a.source.line ?? 0) - (b.source.line ?? 0)) };
}

interface Reading {
  readonly file: string;
  readonly blocks: Block[];
  readonly diagnostics: Diagnostic[];
}

/** A path and what stands below it. */
interface Block {
  readonly match: string;
  readonly line: number;
  /** Its lines are read and told, but lead to nothing. */
  readonly dead: boolean;
  readonly entries: Entry[];
}

interface Entry {
  readonly name: string;
  readonly value: string | null;
  readonly line: number;
}

function readLine(reading: Reading, line: string, at: number): void {
  if (line === '' || line.startsWith('#')) return;
  if (line.startsWith('/')) openBlock(reading, line, at);
  else if (/^[a-z][a-z\d+.-]*:\/\//i.test(line)) openForeignBlock(reading, line, at);
  else readHeader(reading, line, at);
}

function openBlock(reading: Reading, line: string, at: number): void {
  const match = line.replace(/\s+#.*$/, '');
  const [path = ''] = match.split(/[?#]/);
  if (path !== match) tell(reading, at, 'warning', `a path has no ? and no #: ${path} is taken for it`);
  if (path.endsWith(':')) tell(reading, at, 'warning', `the colon belongs to the path; write ${path.slice(0, -1)}`);
  reading.blocks.push({ match: path, line: at, dead: false, entries: [] });
}

/** Cloudflare takes rules for one host; here every host of a site answers alike. */
function openForeignBlock(reading: Reading, line: string, at: number): void {
  const isPlatform = /^https:\/\/[^/]*\.(?:pages\.dev|workers\.dev|netlify\.app)(?:[:/]|$)/i.test(line);
  const path = /^[^/]*\/\/[^/]*(\/.*)?$/.exec(line)?.[1] ?? '/*';
  if (isPlatform) tell(reading, at, 'notice', `${line} is no address of this site; its headers are left aside`);
  else tell(reading, at, 'error', `headers for one host alone cannot be set; write ${path} to set them on every host`);
  reading.blocks.push({ match: line, line: at, dead: true, entries: [] });
}

function readHeader(reading: Reading, line: string, at: number): void {
  const entry = parseHeader(line, at);
  const block = reading.blocks.at(-1);
  if (typeof entry === 'string') tell(reading, at, 'error', entry);
  else if (block === undefined) tell(reading, at, 'error', `a path comes before its headers: ${entry.name} has none`);
  else block.entries.push(entry);
}

/** An entry, or what is wrong with the line. */
function parseHeader(line: string, at: number): Entry | string {
  const taken = /^!\s*(.*)$/.exec(line)?.[1];
  if (taken !== undefined) return parseUnset(taken, at);
  const colon = line.indexOf(':');
  if (colon < 0) return 'neither a path nor a header; a header is written Name: value';
  const name = line.slice(0, colon).trim();
  const value = line.slice(colon + 1).trim();
  if (name === '') return 'the header has no name; write Name: value';
  if (value === '') return `${name} has no value; write ! ${name} to take the header away`;
  const problem = headerProblem.name(name) ?? headerProblem.value(value);
  return problem === undefined ? { name: name.toLowerCase(), value, line: at } : `${name}: ${problem}`;
}

function parseUnset(name: string, at: number): Entry | string {
  if (name.includes(':')) return 'a header that is taken away has no value; write ! Name';
  const problem = headerProblem.name(name);
  return problem === undefined ? { name: name.toLowerCase(), value: null, line: at } : `${name}: ${problem}`;
}

/** What is taken away comes first, as on Cloudflare: a block that also sets the header means the value. */
function statementsOf(reading: Reading, block: Block): HeaderStatement[] {
  if (block.entries.length === 0 && !block.dead) {
    tell(reading, block.line, 'warning', 'no headers follow this path; each path has its own');
  }
  if (block.dead) return [];
  const unset = block.entries.filter(({ value }) => value === null);
  const set = joinRepeated(
    reading,
    block.entries.filter(({ value }) => value !== null),
  );
  return [...unset, ...set].map(({ name, value, line }) => ({
    match: block.match,
    name,
    value,
    origin: { kind: 'written', source: { file: reading.file, line } },
  }));
}

/** Headers with one value by their definition; of two lines the last is meant. */
const singular = new Set([
  ...['content-type', 'content-disposition', 'expires', 'x-frame-options', 'x-content-type-options'],
  ...['strict-transport-security', 'access-control-allow-origin', 'x-xss-protection'],
]);

function joinRepeated(reading: Reading, entries: readonly Entry[]): Entry[] {
  const joined: Entry[] = [];
  for (const entry of entries) {
    const at = joined.findIndex(({ name }) => name === entry.name);
    const earlier = joined[at];
    // Cookies hold commas of their own; each is a line to itself.
    if (earlier === undefined || entry.name === 'set-cookie') joined.push(entry);
    else if (singular.has(entry.name)) {
      tell(reading, earlier.line, 'warning', `${entry.name} stands again in line ${entry.line}, which decides`);
      joined[at] = entry;
    } else joined[at] = { ...earlier, value: `${earlier.value}, ${entry.value}` };
  }
  return joined;
}

function tell(reading: Reading, line: number, level: Diagnostic['level'], message: string): void {
  reading.diagnostics.push({ source: { file: reading.file, line }, level, message });
}
