/** What came of reading something that somebody wrote: a value with remarks on it, or why it cannot be honoured. */
export type Reading<T> = { readonly kind: 'read'; readonly value: T; readonly warnings: readonly string[] } | Refused;

export interface Refused {
  readonly kind: 'refused';
  /** A notice where nothing is lost. */
  readonly level: 'error' | 'notice';
  readonly message: string;
}

export const read = <T>(value: T, warnings: readonly string[] = []): Reading<T> => ({ kind: 'read', value, warnings });

export const refuse = (message: string, level: Refused['level'] = 'error'): Refused => ({
  kind: 'refused',
  level,
  message,
});
