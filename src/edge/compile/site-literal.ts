/** What the text of a function is told of its site: JSON's values. */
export type SiteData = { readonly [name: string]: SiteValue | undefined };
type SiteValue =
  | string
  | number
  | boolean
  | null
  | readonly SiteValue[]
  | { readonly [name: string]: SiteValue | undefined };

/**
 * Data as a JavaScript literal, as short as it can be: names without quotes, nothing that is undefined. ES 5.1, which the
 * runtime follows, takes U+2028 and U+2029 in a string for line breaks.
 */
export function siteLiteral(value: SiteValue | SiteData): string {
  if (Array.isArray(value)) return `[${value.map((one: SiteValue) => siteLiteral(one)).join()}]`;
  if (typeof value !== 'object' || value === null) return escapeBreaks(JSON.stringify(value));
  const fields = Object.entries(value).filter((field): field is [string, SiteValue] => field[1] !== undefined);
  return `{${fields.map(([name, one]) => `${name}:${siteLiteral(one)}`).join()}}`;
}

const escapeBreaks = (text: string): string => text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
