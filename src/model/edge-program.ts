/** Everything that runs at a site's edge, ready to be published. */
export interface EdgeProgram {
  /** Text of the viewer-request function. */
  readonly viewerRequest: string;
  /** Text of the viewer-response function, or null where the site needs none. */
  readonly viewerResponse: string | null;
  /** What both read from the site's store. Keys carry the generation: `1/r/0f`. */
  readonly store: ReadonlyMap<string, string>;
}

/**
 * The two programs of a deploy. While pages of the old and of the new build are about, `during` knows the files and
 * rules of both; `after` knows the new ones only. They are equal where nothing vanishes.
 */
export interface EdgePrograms {
  readonly during: EdgeProgram;
  readonly after: EdgeProgram;
}
