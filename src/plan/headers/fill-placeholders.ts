import { canonicalPath } from '../../edge/canonical-path.ts';
import type { EdgePattern } from './edge-pattern.ts';

/**
 * A header's value with what the pattern caught of a key in place of its `:placeholders`, percent-encoded as in
 * addresses, so that no name can break out of a header. Names that the pattern does not catch stand for themselves.
 */
export function fillPlaceholders(value: string, { pattern, captures }: EdgePattern, key: string): string {
  if (!namesAny(value, captures)) return value;
  const found = new RegExp(pattern).exec(`/${key}`) ?? [];
  return value.replace(placeholder, (whole, name: string) => {
    const at = captures.indexOf(name);
    return at < 0 ? whole : canonicalPath(found[at + 1] ?? '').slice(1);
  });
}

const placeholder = /:(\w+)/g;

/** Whether a value holds a placeholder of a pattern. */
export const namesAny = (value: string, captures: readonly string[]): boolean =>
  [...value.matchAll(placeholder)].some(([, name = '']) => captures.includes(name));
