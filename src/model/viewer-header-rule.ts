/**
 * Headers that the viewer-response function puts on the answers of some files. A rule is about files: its pattern is
 * tested against the decoded path of the key that answers (`/docs/index.html`), whichever address was asked for, so
 * that edge and object never disagree. All rules that match are applied in their order: first what is taken away,
 * then what is set.
 */
export interface ViewerHeaderRule {
  /** Source of a regular expression, without flags. */
  readonly pattern: string;
  /** Names of its groups in their order, as placeholders of the values; empty where no value has any. */
  readonly captures: readonly string[];
  /** Names in lower case. Values name placeholders as `:name`; `set-cookie` stands once for each cookie. */
  readonly set: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. */
  readonly unset: readonly string[];
}
