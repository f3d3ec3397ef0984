import type { Collector } from './collect.ts';
import { builds, collect, folderOf, isStatus, listOf, objectOf, runs, textOf, textsOf } from './collect.ts';
import type { ForeignConfig, Imported } from './imported.ts';

/** Reads netlify.toml: the folder, redirects, headers and pretty URLs. (Netlify, "File-based configuration".) */
export function importNetlify(foreign: ForeignConfig): Imported {
  const into = collect(foreign);
  const value = objectOf(foreign.value);
  const build = objectOf(value.build);
  const publish = textOf(build.publish);
  if (publish !== undefined) {
    const base = textOf(build.base);
    const dir = folderOf(
      publish.startsWith('/') || base === undefined ? publish : `${folderOf(base)}/${folderOf(publish)}`,
    );
    into.carry(['build', 'publish'], { dir }, 'dir');
  }
  if ('html' in objectOf(build.processing)) takeProcessing(objectOf(objectOf(build.processing).html), into);
  into.leaveOthers(['build'], build, ['publish', 'base', 'processing'], builds);
  for (const [index, rule] of listOf(value.redirects).entries())
    takeRedirect(['redirects', index], objectOf(rule), into);
  for (const [index, rule] of listOf(value.headers).entries()) {
    const match = textOf(objectOf(rule).for);
    const set = textsOf(objectOf(rule).values);
    if (match === undefined || Object.keys(set).length === 0)
      into.leave(['headers', index], 'it names no path or no header');
    else into.carry(['headers', index], { headers: [{ match, set }] }, 'headers');
  }
  into.leaveOthers([], value, ['build', 'redirects', 'headers', 'context'], runs);
  if ('context' in value) into.leave(['context'], 'write what differs under "env" and deploy with -e NAME');
  return into.end();
}

function takeProcessing(html: Readonly<Record<string, unknown>>, into: Collector): undefined {
  if (typeof html.pretty_urls !== 'boolean') return;
  into.carry(['build', 'processing', 'html', 'pretty_urls'], { cleanUrls: html.pretty_urls }, 'cleanUrls');
}

function takeRedirect(
  keys: readonly (string | number)[],
  rule: Readonly<Record<string, unknown>>,
  into: Collector,
): undefined {
  const [from, to] = [textOf(rule.from), textOf(rule.to)];
  const status = rule.status ?? 301;
  if (from === undefined || to === undefined) return into.leave(keys, 'it says not from where to where');
  if (!isStatus(status)) return into.leave(keys, `cdnpub has no redirect of status ${String(status)}`);
  if ('signed' in rule || 'headers' in rule)
    return into.leave(keys, 'cdnpub signs no proxied requests and adds no headers to them');
  const { Country, Language, Cookie, Role } = objectOf(rule.conditions);
  if (Role !== undefined) return into.leave(keys, 'roles come from Netlify Identity');
  if (from === '/*' && to === '/index.html' && status === 200 && rule.force !== true) {
    return into.carry(keys, { spa: true }, 'spa');
  }
  const query = textsOf(rule.query);
  const redirect = {
    ...{ from, to, status },
    ...(rule.force === true ? { force: true } : {}),
    ...(Object.keys(query).length > 0 ? { query } : {}),
    ...conditions({ country: Country, language: Language, cookie: Cookie }),
  };
  into.carry(keys, { redirects: [redirect] }, 'redirects');
}

const conditions = (given: Readonly<Record<string, unknown>>): Readonly<Record<string, string[]>> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const values = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
      return values.length > 0 ? [[name, values]] : [];
    }),
  );
