import type { HeaderRule } from '../../src/model/settings.ts';

/** A generated site before it is built: what its files say and which of them each page and style needs. */
export interface SiteModel {
  /** By key. */
  readonly pages: ReadonlyMap<string, PageModel>;
  /** Scripts, styles and pictures whose names carry a hash, by name; the number is their text's. */
  readonly hashed: ReadonlyMap<string, number>;
  /** Files that change in place, by key. */
  readonly plain: ReadonlyMap<string, PlainModel>;
  /** Text of the service worker and of `version.json`. */
  readonly worker: number;
  readonly headers: readonly HeaderRule[];
}

export interface PageModel {
  readonly text: number;
  readonly hashed: readonly string[];
  readonly plain: readonly string[];
}

export interface PlainModel {
  readonly text: number;
  /** What a style imports or shows. */
  readonly plain: readonly string[];
  readonly hashed: readonly string[];
}

/** The site that every history begins with: a file of each kind, and names that need escaping. */
export const firstSite: SiteModel = {
  pages: new Map([
    ['index.html', page(1, ['app.js', 'main.css'], ['style.css', 'logo.svg'])],
    ['about/index.html', page(1, ['app.js'], ['style.css', 'img/grün blatt.svg'])],
    ['blog/first/index.html', page(1, ['app.js', 'hero.png'], ['style.css'])],
    ['contact.html', page(1, ['main.css'], ['logo.svg'])],
    ['404.html', page(1, ['main.css'], ['style.css'])],
  ]),
  hashed: new Map([
    ['app.js', 1],
    ['main.css', 1],
    ['hero.png', 1],
    ['back.png', 1],
  ]),
  plain: new Map([
    ['style.css', { text: 1, plain: ['theme.css'], hashed: ['back.png'] }],
    ['theme.css', { text: 1, plain: ['img/grün blatt.svg'], hashed: [] }],
    ['logo.svg', file(1)],
    ['img/grün blatt.svg', file(1)],
    ['feed.xml', file(1)],
  ]),
  worker: 1,
  headers: [],
};

export function page(text: number, hashed: readonly string[], plain: readonly string[]): PageModel {
  return { text, hashed, plain };
}

export function file(text: number): PlainModel {
  return { text, plain: [], hashed: [] };
}
