import type { HeaderRule } from '../../src/model/settings.ts';
import { digest } from '../support/digest.ts';
import type { PageModel, PlainModel, SiteModel } from './site-model.ts';

/** A build: its files, and the header rules that it is published with. */
export interface Build {
  readonly files: Readonly<Record<string, string>>;
  readonly headers: readonly HeaderRule[];
}

/** Builds a site. Each page names its scripts, styles and pictures in each way that a page can. */
export function renderSite(site: SiteModel): Build {
  const names = new Map<string, string>();
  const files: Record<string, string> = {};
  // Pictures and scripts refer to nothing; hashed styles refer to hashed pictures, so these come first.
  for (const name of [...site.hashed.keys()].sort((a, b) => order(a) - order(b))) {
    const text = hashedText(name, site, names);
    const key = `assets/${name.replace('.', `.${digest(text).slice(0, 16)}.`)}`;
    names.set(name, key);
    files[key] = text;
  }
  for (const [key, plain] of site.plain) files[key] = plainText(key, plain, names);
  for (const [key, page] of site.pages) files[key] = pageText(key, page, names);
  files['sw.js'] = `self.version = ${site.worker};`;
  files['version.json'] = JSON.stringify({ version: site.worker });
  return { files, headers: site.headers };
}

const order = (name: string): number => (name.endsWith('.css') ? 1 : 0);

function hashedText(name: string, site: SiteModel, names: ReadonlyMap<string, string>): string {
  const text = `/* ${name} ${site.hashed.get(name)} */`;
  const back = names.get('back.png');
  return name.endsWith('.css') && back !== undefined
    ? `${text} body { background: url("${back.replace('assets/', '')}") }`
    : text;
}

function plainText(key: string, { text, plain, hashed }: PlainModel, names: ReadonlyMap<string, string>): string {
  const imports = plain.filter((name) => name.endsWith('.css')).map((name) => `@import "${encodeURI(`/${name}`)}";`);
  const pictures = [
    ...plain.filter((name) => !name.endsWith('.css')),
    ...hashed.flatMap((name) => names.get(name) ?? []),
  ];
  const shown = pictures.map((name, index) => `.p${index} { background: url('${encodeURI(`/${name}`)}') }`);
  return [`/* ${key} ${text} */`, ...imports, ...shown].join('\n');
}

function pageText(key: string, page: PageModel, names: ReadonlyMap<string, string>): string {
  const up = '../'.repeat(key.split('/').length - 1);
  const hashed = page.hashed.flatMap((name) => names.get(name) ?? []).map((name) => `/${name}`);
  // A 404 page is shown under any address, so its own references are never relative.
  const plain = page.plain.map((name) => encodeURI(key === '404.html' || up === '' ? `/${name}` : up + name));
  return `<!doctype html><title>${key} ${page.text}</title>${[...hashed, ...plain].map(tag).join('')}<a href="/about/">about</a>`;
}

function tag(path: string, index: number): string {
  if (path.endsWith('.js')) return `<script src="${path}"></script>`;
  if (path.endsWith('.css')) return `<link rel="stylesheet" href="${path}">`;
  return index % 2 === 0 ? `<img src="${path}">` : `<img srcset="${path} 1x, ${path} 2x">`;
}
