/** A link as somebody wrote it, and where. */
export interface Reference {
  /** Entities are decoded, nothing else. */
  readonly url: string;
  /** Offset in the text. */
  readonly at: number;
}
