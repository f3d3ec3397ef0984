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

/** Reads vercel.json. (Vercel, "Project configuration with vercel.json".) */
export function importVercel(foreign: ForeignConfig): Imported {
  const into = collect(foreign);
  const value = objectOf(foreign.value);
  const dir = textOf(value.outputDirectory);
  if (dir !== undefined) into.carry(['outputDirectory'], { dir: folderOf(dir) }, 'dir');
  if (typeof value.cleanUrls === 'boolean') into.carry(['cleanUrls'], { cleanUrls: value.cleanUrls }, 'cleanUrls');
  if (typeof value.trailingSlash === 'boolean') {
    into.carry(['trailingSlash'], { trailingSlash: value.trailingSlash }, 'trailingSlash');
  }
  for (const [index, rule] of listOf(value.redirects).entries()) {
    const { permanent, statusCode } = objectOf(rule);
    takeRoute(['redirects', index], objectOf(rule), statusCode ?? (permanent === false ? 307 : 308), into);
  }
  for (const [index, rule] of listOf(value.rewrites).entries())
    takeRoute(['rewrites', index], objectOf(rule), 200, into);
  for (const [index, rule] of listOf(value.headers).entries()) takeHeaders(['headers', index], objectOf(rule), into);
  into.leaveOthers([], value, known, runs);
  for (const key of builders) if (key in value) into.leave([key], builds);
  return into.end();
}

const builders = ['buildCommand', 'installCommand', 'devCommand', 'framework', 'ignoreCommand', 'build', 'builds'];
const known = [
  '$schema',
  'version',
  'name',
  'outputDirectory',
  'cleanUrls',
  'trailingSlash',
  'redirects',
  'rewrites',
  'headers',
  ...builders,
];

type Rule = Readonly<Record<string, unknown>>;

function takeRoute(keys: readonly (string | number)[], rule: Rule, status: unknown, into: Collector): undefined {
  const [source, to] = [textOf(rule.source), textOf(rule.destination)];
  if (source === undefined || to === undefined || !isStatus(status)) return into.leave(keys, 'it has no equal');
  if ('has' in rule || 'missing' in rule) return into.leave(keys, 'conditions on the request have no equal');
  if (status === 200 && everything.has(source) && /^\/(?:index(?:\.html)?)?$/.test(to)) {
    return into.carry(keys, { spa: true }, 'spa');
  }
  const pattern = patternOf(source);
  if (pattern === undefined) return into.leave(keys, `the pattern ${source} has no equal`);
  const target =
    pattern.splat === undefined
      ? to
      : to.replaceAll(`:${pattern.splat}*`, ':splat').replaceAll(`:${pattern.splat}`, ':splat');
  into.carry(
    keys,
    { redirects: [{ from: pattern.path, to: target.replace(/\$1\b/g, ':splat'), status }] },
    'redirects',
  );
}

const everything = new Set(['/(.*)', '/:path*', '/:match*', '/((?!api/.*).*)', '/:splat*']);

/** `/blog/:path*` and `/blog/(.*)` → `/blog/*`; undefined for what only a regular expression says. */
function patternOf(source: string): { readonly path: string; readonly splat: string | undefined } | undefined {
  const [, start = source, name] = /^(.*\/)(?::(\w+)\*|\(\.\*\))$/.exec(source) ?? [];
  if (/[()*+?{}\\|]/.test(start)) return undefined;
  return { path: start === source ? source : `${start}*`, splat: name };
}

function takeHeaders(keys: readonly (string | number)[], rule: Rule, into: Collector): undefined {
  const source = textOf(rule.source);
  const pattern = source === undefined ? undefined : patternOf(source);
  if ('has' in rule || 'missing' in rule) return into.leave(keys, 'conditions on the request have no equal');
  if (pattern === undefined) return into.leave(keys, `the pattern ${source ?? ''} has no equal`);
  const pairs = listOf(rule.headers).map(objectOf);
  const set = textsOf(Object.fromEntries(pairs.map(({ key, value }) => [String(key), value])));
  into.carry(keys, { headers: [{ match: pattern.path, set }] }, 'headers');
}
