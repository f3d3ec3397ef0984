import type { EdgeLayout } from './edge-source.ts';

/** Everything that runs at a site's edge, ready to be published. It holds no secret. */
export interface EdgeProgram {
  /** Text of the viewer-request function. */
  readonly viewerRequest: string;
  /** Text of the viewer-response function, or null where the site needs none. */
  readonly viewerResponse: string | null;
  /** What both read from the site's store. The first part of a key tells the layout: `p8/0f`. */
  readonly store: ReadonlyMap<string, string>;
  /** Values that only whoever applies the plan knows, by their key in the store. */
  readonly secrets: ReadonlyMap<string, EdgeSecret>;
  /** Values for keys that the store does not have yet; a deploy never changes them. */
  readonly initial: ReadonlyMap<string, string>;
}

/** A value of the store, or a header of an origin, that is made of a secret. */
export type EdgeSecret =
  | { readonly kind: 'password'; readonly user: string }
  | { readonly kind: 'jwtKey' }
  /** What another server knows CloudFront by. */
  | { readonly kind: 'originHeader'; readonly variable: string };

/**
 * The two programs of a deploy. While pages of the old and of the new build are about, `during` knows the files and
 * rules of both; `after` knows the new ones only. They are equal where nothing vanishes.
 */
export interface EdgePrograms {
  readonly during: EdgeProgram;
  readonly after: EdgeProgram;
  /** How the store's data lies in both; kept for the next deploy. */
  readonly layout: EdgeLayout;
  /** What whoever deploys should know, a sentence each. */
  readonly warnings: readonly string[];
}
