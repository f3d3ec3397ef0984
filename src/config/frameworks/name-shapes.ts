/**
 * A pattern for keys in a folder, wherever a base path or a language puts it: `inFolder('_astro', …)` takes
 * `_astro/a.DzK3x_9a.js` and `docs/_astro/…`. In names `HEX8` and its like stand for a digest of that many digits, the
 * short ones with a letter among them, as dates have none; `BASE64` stands for eight characters of base64url, one of them
 * a capital or a digit, as words have none.
 */
export const inFolder = (folder: string, name: string): RegExp => new RegExp(`(?:^|/)${folder}/${expand(name)}$`);

/** A pattern for names in the build's root, or wherever a base path puts it. */
export const anywhere = (name: string): RegExp => new RegExp(`(?:^|/)${expand(name)}$`);

const expand = (name: string): string =>
  name
    .replaceAll('BASE64', '(?=[\\w-]{0,7}[A-Z0-9])[\\w-]{8}')
    .replace(/HEX(\d+)/g, (_, digits: string) => `${Number(digits) < 16 ? '(?=\\d*[a-f])' : ''}[0-9a-f]{${digits}}`);
