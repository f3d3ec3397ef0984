/** Where a rule stands, so that whoever wrote it finds it again. */
export interface RuleSource {
  /** As people call it: `_redirects`, or the config file's name. */
  readonly file: string;
  /** Counted from 1; null where only the entry is known, as in a config that is code. */
  readonly line: number | null;
  /** Of a config: `redirects[2]`. */
  readonly entry?: string;
}

/** A part of a path pattern. Texts are decoded and NFC, as keys are; the first begins with `/`. */
export type PathPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `:name`: one character or more of one segment. */
  | { readonly kind: 'segment'; readonly name: string }
  /** `*`: whatever comes, slashes too; the first of a pattern is `:splat` in the destination. */
  | { readonly kind: 'splat' };

/** A part of a destination. */
export type TargetPart =
  /** Percent-encoded where a URL needs it, and otherwise as it was written. */
  | { readonly kind: 'text'; readonly text: string }
  /** What the source caught under that name: a placeholder, `splat` or a query parameter. It is decoded, to be encoded. */
  | { readonly kind: 'value'; readonly name: string };

/** Where a rule leads. Nothing of a request ever comes before the path. */
export interface RedirectTarget {
  /** `https://example.com`, without a slash at its end; null for the site itself. */
  readonly origin: string | null;
  /** Begins with a text that begins with `/`. */
  readonly path: readonly TargetPart[];
  /** Without `?`; null where there is none, and then the request's own query is kept. */
  readonly query: readonly TargetPart[] | null;
  /** Without `#`; null where there is none. */
  readonly hash: readonly TargetPart[] | null;
}

/** A query parameter, decoded, that a request must have: with this value, or with any, which the destination may name. */
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
  /** Host of an absolute source, in lower case; null takes any. CloudFront sends http to https before any rule. */
  readonly host: string | null;
  readonly from: readonly PathPart[];
  readonly query: readonly QueryPart[];
  readonly to: RedirectTarget;
  readonly status: RedirectStatus;
  /** Holds even where a file of the build answers the path. */
  readonly force: boolean;
  /** Whether `/a` and `/a/` are one path to this rule. */
  readonly slashMatters: boolean;
  readonly conditions: RuleConditions;
}
