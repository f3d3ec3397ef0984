import type { RedirectRule } from '../../model/redirect-rule.ts';
import { pathExpression } from './path-expression.ts';

/** A rule that paths can be held against. */
export interface CompiledRule {
  readonly rule: RedirectRule;
  /** Its one path without a slash at the end; null for a pattern. */
  readonly literal: string | null;
  /** What each of the source's names catches in a decoded path; undefined where the path is not the rule's. */
  match(path: string): ReadonlyMap<string, string> | undefined;
}

/** Prepares a rule for many paths. Most of them fail at the text that the pattern begins with. */
export function compileRule(rule: RedirectRule): CompiledRule {
  const [first] = rule.from;
  const text = first?.kind === 'text' ? first.text : '/';
  const start = withoutSlash(text);
  if (rule.from.length === 1) {
    const isSame = (path: string) => path === text || (!rule.slashMatters && withoutSlash(path) === start);
    return { rule, literal: start || '/', match: (path) => (isSame(path) ? nothing : undefined) };
  }
  const { source, names } = pathExpression(rule.from, rule.slashMatters);
  const expression = new RegExp(source);
  const match = (path: string) => (path.startsWith(start) ? caught(expression.exec(path), names) : undefined);
  return { rule, literal: null, match };
}

const nothing: ReadonlyMap<string, string> = new Map();

const withoutSlash = (path: string): string => path.replace(/\/$/, '');

function caught(groups: RegExpExecArray | null, names: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (groups === null) return undefined;
  const values = new Map<string, string>();
  names.forEach((name, index) => {
    if (!values.has(name)) values.set(name, groups[index + 1] ?? '');
  });
  return values;
}

/** Whether a rule holds for every request of its path. */
export const isUnconditional = ({ host, query, conditions }: RedirectRule): boolean =>
  host === null && query.length === 0 && Object.values(conditions).every((values) => values.length === 0);
