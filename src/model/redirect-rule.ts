/** Where a rule stands, so that whoever wrote it finds it again. */
export interface RuleSource {
  /** As people call it: `_redirects`, or the config file's name. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A part of a path pattern. Texts are decoded and NFC, as keys are. */
export type PathPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `:name`: one whole segment. */
  | { readonly kind: 'segment'; readonly name: string }
  /** `*`: whatever comes, slashes too; `:splat` in the destination. */
  | { readonly kind: 'splat' };

/** A query parameter that a request must have: with this value, or with any, which the destination may name. */
export type QueryPart =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly capture: string };

export const redirectStatuses = [200, 301, 302, 303, 307, 308, 404, 410] as const;

export type RedirectStatus = (typeof redirectStatuses)[number];

/** What the request's headers must say. Lists are alternatives; an empty one asks for nothing. */
export interface RuleConditions {
  /** ISO 3166-1 codes in upper case. */
  readonly country: readonly string[];
  /** Language tags in lower case; `fr` takes `fr-FR` as well. */
  readonly language: readonly string[];
  /** Names of cookies, one of which must be there. */
  readonly cookie: readonly string[];
}

/** One redirect or rewrite, whichever dialect it was written in. The first rule that matches a request decides. */
export interface RedirectRule {
  readonly source: RuleSource;
  /** Scheme and host of an absolute source; null takes any. */
  readonly scheme: 'http' | 'https' | null;
  readonly host: string | null;
  readonly from: readonly PathPart[];
  readonly query: readonly QueryPart[];
  /** Path or URL with `:placeholders`, as it was written. */
  readonly to: string;
  readonly status: RedirectStatus;
  /** Holds even where a file of the build answers the path. */
  readonly force: boolean;
  /** Whether `/a` and `/a/` are one path to this rule. */
  readonly slashMatters: boolean;
  readonly conditions: RuleConditions;
}
