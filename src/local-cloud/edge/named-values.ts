/** Query parameters and cookies as they were sent: names and values keep their spelling. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
  /** The whole of it as sent, `name`, `name=` or `name=value`. */
  readonly raw: string;
}

export function namedValue(name: string, value: string): NamedValue {
  return { name, value, raw: `${name}=${value}` };
}

/** `a=1&b` without the question mark, in order. */
export function readQuery(rawQuery: string): readonly NamedValue[] {
  return readParts(rawQuery.split('&'));
}

/** The values of the `Cookie` headers, in order. */
export function readCookies(values: readonly string[]): readonly NamedValue[] {
  return readParts(values.flatMap((value) => value.split(';')).map((part) => part.trim()));
}

function readParts(parts: readonly string[]): readonly NamedValue[] {
  return parts
    .filter((raw) => raw !== '')
    .map((raw) => {
      const at = raw.indexOf('=');
      return at < 0 ? { name: raw, value: '', raw } : { name: raw.slice(0, at), value: raw.slice(at + 1), raw };
    });
}

/** Which names a cache policy takes in. */
export type NameRule =
  | 'none'
  | 'all'
  | { readonly whitelist: readonly string[] }
  | { readonly allExcept: readonly string[] };

/** "You specify query strings (cookies) by their name, not their value." Names are compared as they are spelled. */
export function selectValues(values: readonly NamedValue[], rule: NameRule): readonly NamedValue[] {
  if (rule === 'none') return [];
  if (rule === 'all') return values;
  if ('whitelist' in rule) return values.filter(({ name }) => rule.whitelist.includes(name));
  return values.filter(({ name }) => !rule.allExcept.includes(name));
}
