import type { RuleSource } from './redirect-rule.ts';

/** What is wrong, or may surprise, in a file that somebody wrote. */
export interface Diagnostic {
  readonly source: RuleSource;
  /** `error`: the line is not honoured; `warning`: it is, and may not do what was meant; `notice`: good to know. */
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
}
