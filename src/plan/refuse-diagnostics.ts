import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { tellDiagnostic } from './tell-diagnostic.ts';

/** Holds rules, or links, to the letter: throws `E_RULES` with every error and warning. Notices stop nothing. */
export function refuseDiagnostics(diagnostics: readonly Diagnostic[], noun: 'rule' | 'link' = 'rule'): void {
  const found = diagnostics.filter(({ level }) => level !== 'notice');
  if (found.length === 0) return;
  const count = found.length === 1 ? `1 ${noun} needs` : `${found.length} ${noun}s need`;
  throw new CdnpubError('E_RULES', {
    message: `${count} a look:\n${found.map((diagnostic) => `  ${tellDiagnostic(diagnostic)}`).join('\n')}`,
    hints: [
      'correct these lines',
      `deploy without --strict: ${noun === 'rule' ? 'the other rules hold' : 'they are warnings then'}`,
    ],
    details: { diagnostics: found },
  });
}
