/** Whose rules a file follows where they differ. */
export type Dialect = 'netlify' | 'cloudflare';

/** A rule in its parts, as somebody wrote them: what a line of `_redirects` and an entry of the config have in common. */
export interface WrittenRule {
  readonly from: string;
  /** Query parameters that a request must have; a value `:name` catches any. */
  readonly query: readonly Pair[];
  /** Absent where the source says it too: `/docs/* 200`. */
  readonly to: string | undefined;
  readonly status: number | undefined;
  readonly force: boolean;
  /** `Country=de,at`. */
  readonly conditions: readonly Pair[];
}

/** A name and its value. */
export type Pair = readonly [name: string, value: string];
