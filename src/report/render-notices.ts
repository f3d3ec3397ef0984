import type { Diagnostic } from '../model/diagnostic.ts';
import { tellDiagnostic } from '../plan/tell-diagnostic.ts';
import { escapeName } from './escape-name.ts';

/** What is good to know of rules that are honoured as they stand, for those who ask for more. */
export const renderNotices = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics
    .filter(({ level }) => level === 'notice')
    .map((diagnostic) => `  · ${escapeName(tellDiagnostic(diagnostic))}`);
