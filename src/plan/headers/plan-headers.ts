import { readHeaders } from '../../edge/headers/read-headers.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { HeaderStatement } from '../../model/header-statement.ts';
import type { Settings } from '../../model/settings.ts';
import { headerStatements } from './header-statements.ts';
import { type PlacedHeaders, placeHeaders } from './place-headers.ts';

export interface PlannedHeaders extends PlacedHeaders {
  /** All that is said of headers, from the weakest to the strongest. */
  readonly statements: readonly HeaderStatement[];
}

/** The settings that decide about headers. */
export type HeaderSettings = Pick<Settings, 'headers' | 'securityHeaders' | 'cleanUrls' | 'cdn' | 'basePath'>;

/** What becomes of the headers of a site: defaults, config and `_headers`. Throws `E_CONFIG` for a glob of too many. */
export function planHeaders(request: {
  readonly settings: HeaderSettings;
  /** Text of the build's `_headers`, or null. */
  readonly text: string | null;
  readonly notFoundKey: string;
}): PlannedHeaders {
  const { settings, text, notFoundKey } = request;
  const file = readHeaders({ text: text ?? '', file: '_headers' });
  const statements = headerStatements({ settings, file: file.statements });
  const placed = placeHeaders({ statements, cleanUrls: settings.cleanUrls, cdn: settings.cdn, notFoundKey });
  return { ...placed, statements, diagnostics: byPlace([...file.diagnostics, ...placed.diagnostics]) };
}

/** Config first, as it is weaker; then line by line. */
const byPlace = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort((a, b) => (a.source.line ?? 0) - (b.source.line ?? 0));
