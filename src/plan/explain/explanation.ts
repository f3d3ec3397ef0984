/** What becomes of one request, and of those that its redirects lead to. */
export interface Explanation {
  readonly method: string;
  /** At least one. */
  readonly hops: readonly Hop[];
  /** `elsewhere`: the last redirect leads to another site; `circle`: to an address that was there before. */
  readonly end: 'answered' | 'elsewhere' | 'circle' | 'too many redirects';
}

/** One request and its answer. */
export interface Hop {
  /** With scheme and host, as it is asked for. */
  readonly url: string;
  /** Path and query of it. */
  readonly path: string;
  /** What decided, in the order in which it was asked. */
  readonly causes: readonly Cause[];
  readonly answer: HopAnswer;
  readonly headers: readonly HopHeader[];
  /** null where another server decides. */
  readonly cache: CacheAges | null;
  /** What would make edges forget it; null where none keeps it. */
  readonly purgedBy: { readonly path: string; readonly tags: readonly string[] } | null;
}

export interface Cause {
  readonly kind:
    | 'https'
    | 'method'
    | 'host'
    | 'maintenance'
    | 'auth'
    | 'origin'
    | 'rule'
    | 'function'
    | 'cleanUrl'
    | 'app'
    | 'notFound';
  /** `_redirects:3`, `config redirects[2]`; null where no line says it. */
  readonly where: string | null;
  readonly text: string;
}

export type HopAnswer =
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  /** An object of the bucket, shown with this status. */
  | { readonly kind: 'file'; readonly status: number; readonly key: string }
  /** A few words of a function, or of CloudFront. */
  | { readonly kind: 'text'; readonly status: number }
  /** Another server: only it knows what it answers. */
  | { readonly kind: 'origin'; readonly path: string }
  | { readonly kind: 'failed'; readonly status: number; readonly message: string };

export interface HopHeader {
  readonly name: string;
  /** null where a rule took the header away. */
  readonly value: string | null;
  /** Who sets it: `_headers:4 /docs/*`, `config headers[2]`, `cdnpub default`. */
  readonly from: string;
}

/** How long an answer is kept without asking again, in seconds; null where nobody can tell. */
export interface CacheAges {
  readonly edgeSeconds: number | null;
  readonly browserSeconds: number | null;
}
