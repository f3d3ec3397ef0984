/** How far a folder can be trusted to hold nothing but what a bundler named: see `fingerprint.ts`. */
export type Trust = 'bundler' | 'shared' | 'none';

/** What a token is judged by besides its characters. */
export interface TokenPlace {
  readonly trust: Trust;
  /** Scripts, styles and WebAssembly: people seldom give them names that look like a hash. */
  readonly code: boolean;
  /** The bundler at work writes hexadecimal digests only. */
  readonly hexOnly: boolean;
}

/** Lengths of hexadecimal digests in use: truncated MD5, xxHash and SHA of bundlers, and whole digests. 24 (ObjectId) is not. */
const hexLengths = new Set([8, 10, 16, 20, 32, 40, 64, 96, 128]);

/** Whether a token of lower-case hexadecimal digits is a digest, and not a date, a counter or a word with a year. */
export function isHexDigest(token: string, place: TokenPlace): boolean {
  if (!/^[0-9a-f]+$/.test(token) || !hexLengths.has(token.length)) return false;
  if (/^\d+$/.test(token)) return isDigitsOnlyDigest(token, place);
  if (/^[a-f]+$/.test(token)) return place.trust === 'bundler' || (place.trust === 'shared' && place.code);
  if (place.code || token.length > 10) return true;
  // `cafe2024`: one digest of eight in a hundred looks like that, and a picture may truly be called so.
  return !/^[a-f]{3,}\d+$/.test(token) && (place.trust !== 'none' || !/^\d+[a-f]{3,}$/.test(token));
}

/** Two digests of eight in a hundred are digits alone; so are dates, photo numbers and ids, which change in place. */
function isDigitsOnlyDigest(token: string, { trust, code }: TokenPlace): boolean {
  if (isDate(token) || token.length > 20) return false;
  return trust === 'bundler' || (trust === 'shared' && code && token.length === 8);
}

const isDate = (token: string): boolean =>
  /^(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)/.test(
    token,
  );

/** Whether eight characters of base64url (Rollup, Vite, Astro, SvelteKit, Nuxt, Qwik) are a hash and not a name. */
export function isBase64Digest(token: string, place: TokenPlace): boolean {
  const { trust, code, hexOnly } = place;
  if (!/^[\w-]{8}$/.test(token) || trust === 'none' || hexOnly || isTyped(token, place)) return false;
  const upper = /[A-Z]/.test(token);
  const lower = /[a-z]/.test(token);
  const digits = token.replace(/\D/g, '').length;
  if (upper && lower) return true;
  if (trust === 'bundler') return digits > 0 && (upper || lower);
  return code && digits >= 2 && (upper || lower) && classChanges(token) >= 3;
}

/** Whether eight characters of esbuild's base32 (Angular, Remix) are a hash: `main-5INURTSO`, never `POSTER-OVERVIEW`. */
export function isBase32Digest(token: string, name: string, { trust, code }: TokenPlace): boolean {
  if (!/^[A-Z2-7]{8}$/.test(token)) return false;
  if (code && /^(?:main|polyfills|styles|scripts|chunk|runtime|vendor|worker)$/.test(name)) return true;
  return /\d/.test(token) && !/^[A-Z]+\d+$/.test(token) && (code || trust !== 'none');
}

/** How often a text changes between upper case, lower case, digits and the rest. */
function classChanges(token: string): number {
  const classes = token.replace(/[A-Z]/g, 'U').replace(/[a-z]/g, 'l').replace(/\d/g, '0').replace(/[_-]/g, '.');
  return [...classes].filter((one, index) => index > 0 && one !== classes[index - 1]).length;
}

/** Whether a person would type this: words, words with a number, camel case, sizes (`1024x768`), versions (`v1-Beta2`). */
function isTyped(token: string, { trust, code }: TokenPlace): boolean {
  if (/^\d+x\d+\w?$/.test(token) || isDate(token)) return true;
  if (/^(?:[A-Z]?[a-z]+)+\d*$/.test(token) && isPronounceable(token)) return true;
  if (trust === 'bundler') return false;
  const pieces = token.split(/[_-]/);
  if (pieces.every((piece) => /^(?:[A-Z]?[a-z]*\d*|[A-Z]+\d*|\d+[a-z]{0,2}|v\d+\w*)$/.test(piece))) return true;
  return !code && /^(?:[A-Z]?[a-z]+)+\d*$/.test(token);
}

/** `DarkMode` is, `DiwrgTda` is not: humps of three letters or more, no three consonants together. */
function isPronounceable(camelCase: string): boolean {
  const humps = camelCase.replace(/\d+$/, '').split(/(?=[A-Z])/);
  return humps.every((hump) => hump.length >= 3 && /[aeiouy]/i.test(hump) && !/[^aeiouy]{3}/i.test(hump));
}
