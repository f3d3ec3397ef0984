import {
  builds,
  type Collector,
  collect,
  folderOf,
  isStatus,
  listOf,
  objectOf,
  runs,
  textOf,
  textsOf,
} from './collect.ts';
import type { ForeignConfig, Imported } from './imported.ts';

/** Reads the hosting part of firebase.json; of several sites the first. (Firebase, "Configure Hosting behavior".) */
export function importFirebase(foreign: ForeignConfig): Imported {
  const into = collect(foreign);
  const value = objectOf(foreign.value);
  const several = Array.isArray(value.hosting);
  const at: readonly (string | number)[] = several ? ['hosting', 0] : ['hosting'];
  const hosting = objectOf(several ? listOf(value.hosting)[0] : value.hosting);
  const dir = textOf(hosting.public);
  if (dir !== undefined) into.carry([...at, 'public'], { dir: folderOf(dir) }, 'dir');
  if (typeof hosting.cleanUrls === 'boolean')
    into.carry([...at, 'cleanUrls'], { cleanUrls: hosting.cleanUrls }, 'cleanUrls');
  if (typeof hosting.trailingSlash === 'boolean') {
    into.carry([...at, 'trailingSlash'], { trailingSlash: hosting.trailingSlash }, 'trailingSlash');
  }
  takeIgnore([...at, 'ignore'], hosting.ignore, into);
  for (const [index, rule] of listOf(hosting.redirects).entries()) {
    takeRoute([...at, 'redirects', index], objectOf(rule), objectOf(rule).type ?? 301, into);
  }
  for (const [index, rule] of listOf(hosting.rewrites).entries()) {
    takeRoute([...at, 'rewrites', index], objectOf(rule), 200, into);
  }
  for (const [index, rule] of listOf(hosting.headers).entries()) {
    const match = globOf(textOf(objectOf(rule).source) ?? textOf(objectOf(rule).glob));
    const pairs = listOf(objectOf(rule).headers).map(objectOf);
    const set = textsOf(Object.fromEntries(pairs.map((pair) => [String(pair.key), pair.value])));
    if (match === undefined) into.leave([...at, 'headers', index], 'the pattern has no equal');
    else into.carry([...at, 'headers', index], { headers: [{ match, set }] }, 'headers');
  }
  into.leaveOthers(at, hosting, known, runs);
  for (const key of ['predeploy', 'postdeploy']) if (key in hosting) into.leave([...at, key], builds);
  if (several && listOf(value.hosting).length > 1) into.leave(['hosting', 1], 'write further sites under "sites"');
  return into.end();
}

const known =
  'public cleanUrls trailingSlash ignore redirects rewrites headers predeploy postdeploy site target source'.split(' ');

/** What Firebase writes into each new config stays out here by itself. */
const usual = new Set(['firebase.json', '**/.*', '**/node_modules/**']);

function takeIgnore(keys: readonly (string | number)[], value: unknown, into: Collector): undefined {
  const ignore = listOf(value).filter((one): one is string => typeof one === 'string' && !usual.has(one));
  if (ignore.length > 0) into.carry(keys, { ignore }, 'ignore');
}

function takeRoute(
  keys: readonly (string | number)[],
  rule: Readonly<Record<string, unknown>>,
  status: unknown,
  into: Collector,
): undefined {
  const [source, to] = [textOf(rule.source) ?? textOf(rule.glob), textOf(rule.destination)];
  if (source === undefined) return into.leave(keys, 'a regular expression has no equal');
  if (to === undefined || !isStatus(status)) return into.leave(keys, runs);
  if (status === 200 && /^(?:\/?\*\*|\/\*\*\/\*)$/.test(source)) {
    return into.carry(keys, { spa: to === '/index.html' ? true : to.replace(/^\//, '') }, 'spa');
  }
  const from = pathOf(source);
  if (from === undefined) return into.leave(keys, `the pattern ${source} has no equal`);
  into.carry(keys, { redirects: [{ from, to: to.replace(/:\w+\*/g, ':splat'), status }] }, 'redirects');
}

/** `/blog/**` and `/blog/:rest*` → `/blog/*`. */
function pathOf(source: string): string | undefined {
  const path = (source.startsWith('/') ? source : `/${source}`).replace(/\/(?:\*\*|:\w+\*)$/, '/*');
  return /[@!+?(){}[\]]|\*./.test(path) ? undefined : path;
}

/** Their globs are ours but for extended ones; a leading slash makes ours a URL pattern. */
function globOf(source: string | undefined): string | undefined {
  if (source === undefined) return undefined;
  const braces = source.replace(/@\(([^()]*)\)/g, (_, names: string) => `{${names.replaceAll('|', ',')}}`);
  if (/[@!+?]\(|\[/.test(braces)) return undefined;
  if (/^\/?\*\*$/.test(braces)) return '/*';
  return braces.startsWith('/') && /\*\*\/|[{}]/.test(braces)
    ? braces.slice(1)
    : braces.replace(/\/\*\*$/, '/*').replace(/^(?=[^/]*\/\*$)/, '/');
}
