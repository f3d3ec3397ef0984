import type { Diagnostic } from '../model/diagnostic.ts';

/** A diagnostic as one line, its place first: `_headers:4: …`, `config headers[2]: …`. */
export function tellDiagnostic({ source, message }: Diagnostic): string {
  const place =
    source.line === null ? `${source.file} ${source.entry ?? ''}`.trimEnd() : `${source.file}:${source.line}`;
  return `${place}: ${message}`;
}
