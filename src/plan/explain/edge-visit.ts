/** Names in lower case; a name may occur more than once. */
export type HeaderLine = readonly [name: string, value: string];

/** One request as it went through the functions of a site, before anything of it is explained. */
export interface EdgeVisit {
  readonly url: string;
  readonly path: string;
  /** What the traced text logged, a line each; lines of the user's own functions are among them. */
  readonly logs: readonly string[];
  readonly outcome: VisitOutcome;
}

export type VisitOutcome =
  /** The distribution has no other scheme. */
  | { readonly kind: 'toHttps'; readonly status: number; readonly location: string }
  /** The distribution does not take the method. */
  | { readonly kind: 'refused'; readonly status: number; readonly headers: readonly HeaderLine[] }
  | { readonly kind: 'answered'; readonly status: number; readonly headers: readonly HeaderLine[] }
  | { readonly kind: 'file'; readonly status: number; readonly key: string; readonly headers: readonly HeaderLine[] }
  /** The bucket does not have what was asked of it, and the distribution shows this page. */
  | { readonly kind: 'missing'; readonly key: string; readonly headers: readonly HeaderLine[] }
  | { readonly kind: 'origin'; readonly path: string }
  | { readonly kind: 'failed'; readonly status: number; readonly message: string };
