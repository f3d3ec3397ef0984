import type { Digest } from '../model/digest.ts';

/** What the compiler is given, because it reads no files and computes no digests itself. */
export interface EdgeTools {
  /** Texts of `templates/edge/`, by file name. */
  readonly fragments: Readonly<Record<string, string>>;
  /** Shortens a text in which these names are constants; whatever they rule out is dropped. */
  readonly minify: Minify;
  readonly digest: Digest;
}

export type Minify = (text: string, constants: Readonly<Record<string, boolean>>) => string;
