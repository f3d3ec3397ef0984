import { collect, folderOf, objectOf, runs, textOf } from './collect.ts';
import type { ForeignConfig, Imported } from './imported.ts';

/** Reads the assets of wrangler.toml or wrangler.jsonc. (Cloudflare, "Static Assets: configuration".) */
export function importWrangler(foreign: ForeignConfig): Imported {
  const into = collect(foreign);
  const value = objectOf(foreign.value);
  const assets = objectOf(value.assets);
  const dir = textOf(assets.directory);
  if (dir !== undefined) into.carry(['assets', 'directory'], { dir: folderOf(dir) }, 'dir');
  const pages = textOf(value.pages_build_output_dir);
  if (pages !== undefined) into.carry(['pages_build_output_dir'], { dir: folderOf(pages) }, 'dir');
  const bucket = textOf(objectOf(value.site).bucket);
  if (bucket !== undefined) into.carry(['site', 'bucket'], { dir: folderOf(bucket) }, 'dir');
  const html = slashes.get(String(assets.html_handling));
  if (html !== undefined) into.carry(['assets', 'html_handling'], html, Object.keys(html).join(', '));
  if (assets.not_found_handling === 'single-page-application') {
    into.carry(['assets', 'not_found_handling'], { spa: true }, 'spa');
  } else if (assets.not_found_handling === '404-page') {
    into.carry(['assets', 'not_found_handling'], {}, 'notFound, as it is by itself');
  }
  into.leaveOthers(['assets'], assets, ['directory', 'html_handling', 'not_found_handling', 'binding'], runs);
  into.leaveOthers([], value, known, runs);
  return into.end();
}

const known = [
  '$schema',
  'name',
  'compatibility_date',
  'compatibility_flags',
  'assets',
  'site',
  'pages_build_output_dir',
  'account_id',
];

const slashes: ReadonlyMap<string, { cleanUrls?: boolean; trailingSlash?: 'auto' | boolean }> = new Map([
  ['auto-trailing-slash', { trailingSlash: 'auto' }],
  ['force-trailing-slash', { trailingSlash: true }],
  ['drop-trailing-slash', { trailingSlash: false }],
  ['none', { cleanUrls: false }],
]);
