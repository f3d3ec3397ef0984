import type { ConfigFile } from '../schema.ts';

/** What another host's config says in our words, and what of it has none. */
export interface Imported {
  readonly config: ConfigFile;
  /** One for each setting that was met, in the order of the file. */
  readonly notes: readonly ImportNote[];
}

export interface ImportNote {
  /** From 1. */
  readonly line: number;
  /** The setting, as the other host calls it. */
  readonly what: string;
  /** Whether it has an equal here. */
  readonly kind: 'carried' | 'left';
  /** The key here, or why there is none. */
  readonly how: string;
}

/** The other host's config as data, and the line where a value stands. */
export interface ForeignConfig {
  readonly value: unknown;
  readonly lineOf: (keys: readonly (string | number)[]) => number;
}
