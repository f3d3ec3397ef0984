import type { IncomingMessage } from 'node:http';

/** A request before its body: everything as it was sent, since signatures cover the spelling. */
export interface RequestHead {
  readonly method: string;
  readonly rawPath: string;
  /** Without the `?`; `''` where there is none. */
  readonly rawQuery: string;
  /** Lower case, with the port. */
  readonly host: string;
  /** Names in lower case; several lines of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names in lower case, each line by itself, values as bytes in Latin-1. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
}

export function readHead(request: IncomingMessage): RequestHead {
  const target = (request.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  const lines = headerLines(request.rawHeaders);
  return {
    method: request.method ?? 'GET',
    rawPath: (mark < 0 ? target : target.slice(0, mark)) || '/',
    rawQuery: mark < 0 ? '' : target.slice(mark + 1),
    host: (lines.get('host')?.[0] ?? '').toLowerCase(),
    headers: Object.fromEntries([...lines].map(([name, values]) => [name, values.join(', ')])),
    lines,
  };
}

function headerLines(raw: readonly string[]): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    const values = lines.get(name) ?? [];
    lines.set(name, values);
    values.push(raw[at + 1] ?? '');
  }
  return lines;
}
