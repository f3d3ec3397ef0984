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

/** The rules of a site as the edge keeps them. */
export interface SplitRules {
  readonly exact: readonly ExactRule[];
  /** Patterns, rules with conditions, and what must stay behind one of them; in the order of the file. */
  readonly patterns: readonly RedirectRule[];
}

/**
 * Takes apart the rules that can be looked up by their path and those that must be tried one by one. Looking into
 * `exact` first and then going through `patterns` finds the rule that stands first in the file: an exact rule that an
 * earlier pattern always forestalls is dropped, and one that it may forestall stays with the patterns.
 *
 * The first rule that matches decides, forced or not: where it is not forced and a file answers, the file does, even if
 * a forced rule follows. A redirect that would lead to where the request comes from is no match.
 */
export function splitRules(rules: readonly RedirectRule[]): SplitRules {
  const exact: CompiledRule[] = [];
  const tried: CompiledRule[] = [];
  for (const rule of rules) {
    const compiled = compileRule(rule);
    const place = placeOf(compiled, tried);
    if (place === 'exact') exact.push(compiled);
    if (place === 'patterns') tried.push(compiled);
  }
  return { exact: withoutRepeats(exact), patterns: tried.map(({ rule }) => rule) };
}

function placeOf(compiled: CompiledRule, tried: readonly CompiledRule[]): 'exact' | 'patterns' | 'nowhere' {
  if (compiled.literal === null || !isUnconditional(compiled.rule)) return 'patterns';
  const paths = samplePaths(compiled.rule);
  const before = tried.filter((other) => paths.some((path) => other.match(path) !== undefined));
  if (before.length === 0) return 'exact';
  return before.some((other) => forestalls(other, paths)) ? 'nowhere' : 'patterns';
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
