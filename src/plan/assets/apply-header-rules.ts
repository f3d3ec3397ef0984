import type { Asset, StoredHeaders } from '../../model/asset.ts';
import type { HeaderRule } from '../../model/settings.ts';
import { isPageKey } from '../page-key.ts';
import { compileGlob } from './compile-glob.ts';
import { compileUrlPattern } from './compile-url-pattern.ts';

/**
 * Lays the config's header rules over the headers of each asset, in order: for one header the last match wins. Headers
 * that S3 does not keep with an object are left aside and told, one warning for each rule and header.
 */
export function applyHeaderRules(request: {
  readonly assets: readonly Asset[];
  readonly rules: readonly HeaderRule[];
  readonly cleanUrls: boolean;
}): { readonly assets: readonly Asset[]; readonly warnings: readonly string[] } {
  const { rules, cleanUrls } = request;
  if (rules.length === 0) return { assets: request.assets, warnings: [] };
  const compiled = rules.map((rule) => ({ rule, matches: compileMatch(rule.match, cleanUrls) }));
  const assets = request.assets.map((asset) => {
    const matching = compiled.filter(({ matches }) => matches(asset.key)).map(({ rule }) => rule);
    return matching.length === 0 ? asset : { ...asset, headers: matching.reduce(applyRule, asset.headers) };
  });
  return { assets, warnings: rules.flatMap(warnOfRule) };
}

function compileMatch(match: string, cleanUrls: boolean): (key: string) => boolean {
  if (!match.startsWith('/')) return compileGlob(match);
  const matches = compileUrlPattern(match);
  return (key) => pathsOf(key, cleanUrls).some(matches);
}

/** The paths under which a key is asked for, decoded: its own, and what a page answers to without its file name. */
function pathsOf(key: string, cleanUrls: boolean): string[] {
  const own = `/${key}`;
  if (!isPageKey(key)) return [own];
  const folder = /^(.*\/)index\.html$/.exec(own)?.[1];
  if (folder !== undefined) return folder === '/' ? [own, folder] : [own, folder, folder.slice(0, -1)];
  const clean = own.replace(/\.\w+$/, '');
  return cleanUrls ? [own, clean, `${clean}/`] : [own];
}

function applyRule(headers: StoredHeaders, { set, unset }: HeaderRule): StoredHeaders {
  const stored = Object.entries(set).filter(([name]) => isStorable(name));
  const kept = Object.entries(headers).filter(([name]) => !unset.includes(name));
  return Object.fromEntries([...kept, ...stored]);
}

/** Headers that S3 keeps with an object and sends with it (PutObject). */
const isStorable = (name: string): boolean =>
  /^(?:content-(?:type|encoding|disposition|language)|cache-control|expires|x-amz-meta-.+)$/.test(name);

function warnOfRule(rule: HeaderRule, index: number): string[] {
  const names = [...Object.keys(rule.set), ...rule.unset].filter((name) => !isStorable(name));
  return [...new Set(names)].map(
    (name) =>
      `headers[${index}] (${rule.match}): ${name} cannot be kept with an object in S3, so this rule does not change it`,
  );
}
