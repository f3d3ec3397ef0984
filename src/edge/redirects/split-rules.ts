import type { RedirectRule } from '../../model/redirect-rule.ts';
import { type CompiledRule, compileRule, isUnconditional } from './compile-rule.ts';
import { leadsBack } from './lead-to.ts';
import { samplePaths } from './sample-paths.ts';

/** A rule for one path, which can be looked up. */
export interface ExactRule {
  /** Decoded, without a slash at its end; `/` for the root. Several rules may share one: the first that fits decides. */
  readonly path: string;
  /** Whether a request must have a slash at its end. */
  readonly slash: 'either' | 'with' | 'without';
  readonly rule: RedirectRule;
}

/** The rules of a site as the edge tries them: `first` one by one, then those of the path in `exact`, then `rest`. */
export interface SplitRules {
  /** Patterns and rules with conditions that stand before every exact rule of the paths that they match. */
  readonly first: readonly RedirectRule[];
  readonly exact: readonly ExactRule[];
  /** All others, in the order of the file. */
  readonly rest: readonly RedirectRule[];
}

/**
 * Takes apart the rules that can be looked up by their path and those that must be tried one by one. Trying the three
 * parts in turn finds the rule that stands first in the file. Sites begin their files with rules for other hosts, so
 * what stands at the top is tried before the lookup. An exact rule that an earlier pattern of `rest` always forestalls
 * is dropped, and one that it may forestall stays with the patterns.
 *
 * The first rule that matches decides, forced or not: where it is not forced and a file answers, the file does, even if
 * a forced rule follows. A redirect that would lead to where the request comes from is no match.
 */
export function splitRules(rules: readonly RedirectRule[]): SplitRules {
  const compiled = rules.map(compileRule);
  const top = countTop(compiled);
  const exact: CompiledRule[] = [];
  const first: RedirectRule[] = [];
  const rest: CompiledRule[] = [];
  for (const [index, rule] of compiled.entries()) {
    if (!isExact(rule) && index < top) first.push(rule.rule);
    else if (isExact(rule) && index < top) exact.push(rule);
    else placeLater(rule, { exact, rest });
  }
  return { first, exact: withoutRepeats(exact), rest: rest.map(({ rule }) => rule) };
}

const isExact = ({ literal, rule }: CompiledRule): boolean => literal !== null && isUnconditional(rule);

/** How far down the file every pattern may be tried before the exact rules: none of those above it has a path of it. */
function countTop(compiled: readonly CompiledRule[]): number {
  const paths: string[] = [];
  for (const [index, rule] of compiled.entries()) {
    if (isExact(rule)) paths.push(...samplePaths(rule.rule));
    else if (paths.some((path) => rule.match(path) !== undefined)) return index;
  }
  return compiled.length;
}

function placeLater(
  compiled: CompiledRule,
  { exact, rest }: { readonly exact: CompiledRule[]; readonly rest: CompiledRule[] },
): void {
  if (!isExact(compiled)) {
    rest.push(compiled);
    return;
  }
  const paths = samplePaths(compiled.rule);
  const before = rest.filter((other) => paths.some((path) => other.match(path) !== undefined));
  if (before.length === 0) exact.push(compiled);
  else if (!before.some((other) => forestalls(other, paths))) rest.push(compiled);
}

const forestalls = (other: CompiledRule, paths: readonly string[]): boolean =>
  isUnconditional(other.rule) && paths.every((path) => other.match(path) !== undefined && !leadsBack(other, path));

function toExact({ rule, literal }: CompiledRule): ExactRule {
  const [first] = rule.from;
  const ends = first?.kind === 'text' && first.text.endsWith('/');
  const path = literal ?? '/';
  if (!rule.slashMatters || path === '/') return { path, slash: 'either', rule };
  return { path, slash: ends ? 'with' : 'without', rule };
}

/** A rule that leads a path to itself is passed over there, so the next one for it is not idle. */
function withoutRepeats(rules: readonly CompiledRule[]): readonly ExactRule[] {
  const seen = new Set<string>();
  return rules.flatMap((compiled) => {
    const found = toExact(compiled);
    if (seen.has(`${found.path} either`) || seen.has(`${found.path} ${found.slash}`)) return [];
    const holds = !samplePaths(found.rule).some((path) => leadsBack(compiled, path));
    if (holds) seen.add(`${found.path} ${found.slash}`);
    return [found];
  });
}
