import { canonicalPath } from '../../edge/canonical-path.ts';
import type { EdgePattern } from './edge-pattern.ts';

/**
 * A header's value with what the pattern caught of a key in place of its `:placeholders`, percent-encoded as in
 * addresses, so that no name can break out of a header. Names that the pattern does not catch stand for themselves.
 */
export function fillPlaceholders(value: string, { pattern, captures }: EdgePattern, key: string): string {
  const names = placeholdersOf(value, captures);
  if (names.length === 0) return value;
  const found = new RegExp(pattern).exec(`/${key}`) ?? [];
  return names.reduce((text, name) => {
    const caught = found[captures.indexOf(name) + 1] ?? '';
    return text.replaceAll(`:${name}`, () => canonicalPath(caught).slice(1));
  }, value);
}

/** The placeholders that a value names, the longest first, as one name may begin another. */
export const placeholdersOf = (value: string, captures: readonly string[]): readonly string[] =>
  captures.filter((name) => name !== '' && value.includes(`:${name}`)).sort((a, b) => b.length - a.length);
