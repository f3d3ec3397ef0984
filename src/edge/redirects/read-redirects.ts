import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RedirectRule, RuleSource } from '../../model/redirect-rule.ts';
import { buildRule } from './build-rule.ts';
import { chooseDialect } from './choose-dialect.ts';
import type { Reading } from './reading.ts';
import { splitLine } from './split-line.ts';
import type { Dialect, WrittenRule } from './written-rule.ts';

/** The rules of a file in its order, and everything that is to be said about its lines. */
export interface RedirectsRead {
  readonly rules: readonly RedirectRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a `_redirects` file: Netlify's grammar with Cloudflare's leniencies. A line that cannot be honoured is an error
 * with what to write instead, and leaves the others alone. The dialects differ in the status where none is given
 * (Netlify 301, Cloudflare 302), in what goes first, a file or a rule, and in whether `/a` is `/a/`; where none is
 * asked for, the file decides. Never throws.
 */
export function readRedirects(request: {
  readonly text: string;
  /** Name of the file, for messages. */
  readonly file: string;
  readonly dialect?: Dialect | undefined;
}): RedirectsRead {
  const lines = splitLines(request.text, request.file);
  const written = lines.flatMap(({ source, reading }) =>
    reading.kind === 'read' ? [{ source, rule: reading.value }] : [],
  );
  const chosen = chooseDialect(written, request.dialect);
  const read = lines.map((line) => readLine(line, chosen.dialect));
  return {
    rules: read.flatMap(({ rules }) => rules),
    diagnostics: [...chosen.notices, ...read.flatMap(({ diagnostics }) => diagnostics)],
  };
}

interface Line {
  readonly source: RuleSource;
  readonly reading: Reading<WrittenRule>;
}

function splitLines(text: string, file: string): readonly Line[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  return lines.flatMap((content, index) => {
    const reading = splitLine(content.trim());
    return reading === undefined ? [] : [{ source: { file, line: index + 1 }, reading }];
  });
}

function readLine({ source, reading }: Line, dialect: Dialect): RedirectsRead {
  return toResult(source, reading.kind === 'read' ? buildRule(reading.value, { source, dialect }) : reading);
}

/** A rule with the remarks on it, or why there is none. */
export function toResult(source: RuleSource, reading: Reading<RedirectRule>): RedirectsRead {
  if (reading.kind === 'refused') {
    return { rules: [], diagnostics: [{ source, level: reading.level, message: reading.message }] };
  }
  const diagnostics = reading.warnings.map((message): Diagnostic => ({ source, level: 'warning', message }));
  return { rules: [reading.value], diagnostics };
}
