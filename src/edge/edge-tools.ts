import type { Digest } from '../model/digest.ts';

/** What the compiler is given, because it reads no files and computes no digests itself. */
export interface EdgeTools {
  /** Texts of `templates/edge/`, by file name. */
  readonly fragments: Readonly<Record<string, string>>;
  readonly minify: Minify;
  readonly digest: Digest;
}

/**
 * Shortens a script in which `constants` are known, and drops whatever they rule out. Its own names are none of
 * `reserved`; the function `entry` stays and is told under its new name. Throws `E_CONFIG` with the line of what is no
 * JavaScript.
 */
export type Minify = (script: {
  readonly name: string;
  readonly text: string;
  readonly constants: Readonly<Record<string, boolean>>;
  readonly entry: string;
  readonly reserved: readonly string[];
}) => { readonly text: string; readonly entry: string };
