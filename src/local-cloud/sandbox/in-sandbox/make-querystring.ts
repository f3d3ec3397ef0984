import type { Bridge } from '../bridge.ts';

/**
 * `require('querystring')` inside the sandbox ("Query string" among the built-in modules): parse and stringify with
 * their separators and options, escape, unescape. Evaluated in the sandbox: self-contained.
 */
export function makeQuerystring(bridge: Pick<Bridge, 'escape' | 'unescape'>) {
  function encodeText(text: unknown): string {
    const escaped = bridge.escape(String(text));
    if (escaped === null) throw new URIError('malformed URI');
    return escaped;
  }
  function decodeText(text: unknown): string {
    return bridge.unescape(String(text)) ?? String(text);
  }
  function parse(text: unknown, separator = '&', equal = '=', options: ParseOptions = {}) {
    const decode = options.decodeURIComponent ?? decodeText;
    const maxKeys = options.maxKeys ?? 1000;
    const parts = typeof text === 'string' && text !== '' ? text.split(separator) : [];
    const result: Record<string, string | string[]> = Object.create(null);
    for (const part of maxKeys > 0 ? parts.slice(0, maxKeys) : parts) {
      if (part === '') continue;
      const at = part.indexOf(equal);
      const plain = (piece: string) => decode(piece.replaceAll('+', ' '));
      const name = plain(at < 0 ? part : part.slice(0, at));
      const value = at < 0 ? '' : plain(part.slice(at + equal.length));
      const before = result[name];
      result[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
    }
    return result;
  }
  function stringify(object: unknown, separator = '&', equal = '=', options: StringifyOptions = {}) {
    const encode = options.encodeURIComponent ?? encodeText;
    const plain = (value: unknown) =>
      ['string', 'number', 'boolean'].includes(typeof value) ? encode(String(value)) : '';
    return Object.entries(Object(object))
      .flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((one) => `${encode(name)}${equal}${plain(one)}`),
      )
      .join(separator);
  }
  return { escape: encodeText, unescape: decodeText, parse, decode: parse, stringify, encode: stringify };
}

export interface ParseOptions {
  readonly decodeURIComponent?: (text: string) => string;
  readonly maxKeys?: number;
}

export interface StringifyOptions {
  readonly encodeURIComponent?: (text: string) => string;
}
