import * as v from 'valibot';
import { rules } from './rules.ts';
import { type ConfigFile, configSchema } from './schema.ts';

/** Something wrong with a config, and where: the keys that lead to it. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Tells whether a value is a config, with every problem at once. */
export function checkConfig(
  value: unknown,
):
  | { readonly kind: 'config'; readonly config: ConfigFile }
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] } {
  const result = v.safeParse(configSchema, value);
  const found = [...listProblems(value, result.output, []), ...(result.issues ?? []).map(problemOf)];
  const problems = [...found, ...environmentProblems(value)];
  if (result.success && problems.length === 0) return { kind: 'config', config: result.output };
  return { kind: 'problems', problems };
}

type Issue = v.InferIssue<typeof configSchema>;

function problemOf(issue: Issue): ConfigProblem {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  return { path, message: isTypeIssue(issue) ? describeType(issue) : issue.message };
}

/** Our own messages stand as they are; valibot's are written anew in the style of the others. */
const isTypeIssue = ({ kind, type, expected, message }: Issue): boolean =>
  kind === 'schema' && type !== 'custom' && (type !== 'strict_object' || expected === 'Object' || message === '');

function describeType({ expected, received }: Issue): string {
  const wanted = (expected ?? 'something else').replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ');
  const found = received.length > 40 ? `${received.slice(0, 40)}…` : received;
  return `expected ${wanted.replace(/\b(?:Object|Array)\b/g, lower)}, found ${/^(?:Object|Array)$/.test(found) ? lower(found) : found}`;
}

const lower = (text: string): string => text.toLowerCase();

/** valibot takes a list for an object and hands on an object; only a list with nothing in it passes unseen. */
function listProblems(given: unknown, taken: unknown, path: ConfigProblem['path']): ConfigProblem[] {
  if (Array.isArray(given) && given.length === 0) {
    return Array.isArray(taken) ? [] : [{ path, message: 'expected object, found array' }];
  }
  if (!isObject(taken) && !Array.isArray(taken)) return [];
  const below = new Map<string, unknown>(Object.entries(taken));
  return Object.entries(given ?? {}).flatMap(([key, value]) => {
    const at = Array.isArray(taken) ? Number(key) : key;
    return below.has(key) ? listProblems(value, below.get(key), [...path, at]) : [];
  });
}

/**
 * An environment's site is SITE-ENV and must be a name too, for each of several sites; and who names several names none
 * besides. Reads a value that may not be a config at all.
 */
function environmentProblems(value: unknown): ConfigProblem[] {
  if (!isObject(value)) return [];
  const own = typeof value.site === 'string' ? overlayProblems(value.site, value.env, []) : [];
  if (!isObject(value.sites)) return own;
  const both = 'site' in value ? [{ path: ['site'], message: 'a config has "site" or "sites", not both' }] : [];
  const each = Object.entries(value.sites).flatMap(([site, config]) => [
    ...overlayProblems(site, value.env, []),
    ...(isObject(config) ? overlayProblems(site, config.env, ['sites', site]) : []),
  ]);
  return [...both, ...(both.length === 0 ? [] : own), ...each];
}

function overlayProblems(site: string, env: unknown, above: readonly string[]): ConfigProblem[] {
  if (!isObject(env)) return [];
  return Object.entries(env).flatMap(([name, overlay]) => {
    const full = `${site}-${name}`;
    const problem = isObject(overlay) && 'site' in overlay ? undefined : rules.site(full);
    const isNew = problem !== undefined && rules.site(site) === undefined && rules.env(name) === undefined;
    return isNew ? [{ path: [...above, 'env', name], message: `its site would be ${full}: ${problem}` }] : [];
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
