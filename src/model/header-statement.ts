import type { RuleSource } from './redirect-rule.ts';

/** Who says something of a header: cdnpub and what it knows of frameworks, or a line that somebody wrote. */
export type HeaderOrigin =
  /** As it is told to people: `cdnpub default`. */
  { readonly kind: 'built-in'; readonly name: string } | { readonly kind: 'written'; readonly source: RuleSource };

/**
 * One header of one rule. All rules of a site, from the weakest source to the strongest and in the order of their lines,
 * are one list of statements; for one header of one file the last statement that matches decides.
 */
export interface HeaderStatement {
  /** A URL pattern (begins with `/`) or a file glob. */
  readonly match: string;
  /** In lower case. */
  readonly name: string;
  /** May hold `:placeholders` of the pattern. null takes the header away. */
  readonly value: string | null;
  readonly origin: HeaderOrigin;
}
