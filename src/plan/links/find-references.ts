import { findCssReferences } from './find-css-references.ts';
import { type Attribute, readAttributes } from './read-attributes.ts';
import type { Reference } from './reference.ts';

export interface PageReferences {
  /** What `<base>` says; null where there is none. */
  readonly base: string | null;
  readonly references: readonly Reference[];
}

/** Elements whose text is none of the page's markup. */
const rawText: Readonly<Record<string, RegExp>> = Object.fromEntries(
  ['script', 'style', 'textarea', 'title', 'xmp'].map((name) => [name, new RegExp(`</${name}`, 'gi')]),
);

/**
 * Every link of a page to something that a browser would ask for: pages, images, scripts, styles. Tolerant, as browsers
 * are: what is no tag is text.
 */
export function findReferences(html: string): PageReferences {
  const references: Reference[] = [];
  const tagName = /<([A-Za-z][^\s/>]*)/y;
  let base: string | null = null;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    if (html.startsWith('<!--', at)) {
      at = endOf(html, '-->', at + 4);
      continue;
    }
    tagName.lastIndex = at;
    const name = tagName.exec(html)?.[1]?.toLowerCase();
    if (name === undefined) {
      at += 1;
      continue;
    }
    const { attributes, end } = readAttributes(html, tagName.lastIndex);
    if (name === 'base') base ??= attributes.find((one) => one.name === 'href')?.value ?? null;
    else references.push(...referencesOf(name, attributes));
    at = end;
    const close = rawText[name];
    if (close === undefined) continue;
    close.lastIndex = end;
    at = close.exec(html)?.index ?? html.length;
    if (name === 'style') references.push(...findCssReferences(html.slice(end, at), end));
  }
  return { base, references };
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

/** Which attributes of which elements name what a browser asks for. Forms are left alone: they may ask a program. */
const linking: Readonly<Record<string, readonly string[]>> = {
  ...{ a: ['href'], area: ['href'], link: ['href', 'imagesrcset'], script: ['src'], img: ['src', 'srcset'] },
  ...{ source: ['src', 'srcset'], iframe: ['src'], video: ['src', 'poster'], audio: ['src'], track: ['src'] },
  ...{ embed: ['src'], input: ['src'], object: ['data'], image: ['href', 'xlink:href'], use: ['href', 'xlink:href'] },
};

function referencesOf(element: string, attributes: readonly Attribute[]): readonly Reference[] {
  const textOf = (name: string) => attributes.find((one) => one.name === name)?.value ?? '';
  if (element === 'link' && /\b(?:preconnect|dns-prefetch)\b/i.test(textOf('rel'))) return [];
  const isRefresh = element === 'meta' && /^refresh$/i.test(textOf('http-equiv'));
  return attributes.flatMap(({ name, value, at }) => {
    if (name === 'style') return findCssReferences(value, at).map(({ url }) => ({ url, at }));
    if (isRefresh && name === 'content') return refreshUrl(value).map((url) => ({ url, at }));
    if (linking[element]?.includes(name) !== true) return [];
    return name.endsWith('srcset') ? candidates(value).map((url) => ({ url, at })) : [{ url: value, at }];
  });
}

/** `0; url=/docs/`. */
const refreshUrl = (content: string): readonly string[] =>
  [/^[^;,]*[;,]\s*(?:url\s*=)?\s*["']?([^"']+)/i.exec(content)?.[1] ?? ''].filter((url) => url !== '');

/** `small.jpg 1x, large.jpg 2x`: an address ends at white space, or at a comma before it. */
const candidates = (srcset: string): readonly string[] =>
  [...srcset.matchAll(/(\S*[^\s,])(?:,|\s+[^,]*(?:,|$)|$)/g)].flatMap(([, url = '']) => (url === '' ? [] : [url]));
