export interface Attribute {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  /** Offset in the text. */
  readonly at: number;
}

/** The attributes of a tag from behind its name on, and where the tag ends. */
export function readAttributes(
  html: string,
  from: number,
): { readonly attributes: readonly Attribute[]; readonly end: number } {
  const attribute = /([^\s"'<>/=][^\s<>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?/y;
  const attributes: Attribute[] = [];
  let at = from;
  while (at < html.length && html[at] !== '>') {
    attribute.lastIndex = at;
    const [, name, double, single, bare] = attribute.exec(html) ?? [];
    if (name === undefined) {
      at += 1;
      continue;
    }
    attributes.push({ name: name.toLowerCase(), value: decodeEntities(double ?? single ?? bare ?? ''), at });
    at = attribute.lastIndex;
  }
  return { attributes, end: Math.min(at + 1, html.length) };
}

/** The entities that stand in addresses; others are left as they are, and such addresses are few. */
function decodeEntities(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(/&(?:amp|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (whole, decimal?: string, hex?: string) => {
    if (decimal === undefined && hex === undefined) return '&';
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
