/** What a runner shows beside a run, and at a line of a file where one is named. */
export interface Annotation {
  readonly kind: 'error' | 'warning';
  readonly text: string;
  /** Relative to the workspace, with `/`. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
}

/**
 * An annotation as a runner reads it: one line, whatever the texts hold. Escapes as in actions/toolkit,
 * packages/core/src/command.ts.
 */
export function workflowCommand({ kind, text, file, line, column }: Annotation): string {
  const properties = Object.entries({ file, line, col: column }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  return `::${kind}${properties.length === 0 ? '' : ` ${properties.join(',')}`}::${escapeData(text)}`;
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
