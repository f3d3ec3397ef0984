/** What a generator is known to do with names, beyond what any name shows by itself. Patterns are held against keys. */
export interface NamingRules {
  /** Names that carry a hash of the content, though they may not look it. */
  readonly fingerprinted: readonly RegExp[];
  /** Names that are rewritten in place, though they may look hashed. These win. */
  readonly mutable: readonly RegExp[];
}
