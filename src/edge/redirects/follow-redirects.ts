import { isUnconditional } from './compile-rule.ts';
import type { IndexedRule, RuleIndex } from './index-rules.ts';
import { isRedirect, leadsBack, leadTo } from './lead-to.ts';
import { samplePaths } from './sample-paths.ts';

/** The redirects that a visitor meets one after the other, beginning with a rule. */
export interface Way {
  readonly rules: readonly IndexedRule[];
  /** Whether the last leads to where the visitor has been. */
  readonly isLoop: boolean;
}

/** Browsers give up after 20. */
const maxRedirects = 20;

/** Follows paths of a rule from redirect to redirect, as far as no condition decides: one in a circle, else the longest. */
export function followRedirects(
  start: IndexedRule,
  index: RuleIndex,
  answer: (path: string) => string | undefined,
): Way {
  const paths = samplePaths(start.rule).filter((path) => start.match(path) !== undefined && !leadsBack(start, path));
  const ways = paths.map((path) => followPath(start, path, (next) => nextRule(next, index, answer)));
  return ways.find(({ isLoop }) => isLoop) ?? longest(ways);
}

const longest = (ways: readonly Way[]): Way =>
  ways.reduce((most, way) => (way.rules.length > most.rules.length ? way : most), { rules: [], isLoop: false });

function followPath(start: IndexedRule, from: string, next: (path: string) => IndexedRule | undefined): Way {
  const rules: IndexedRule[] = [];
  const seen = new Set<string>();
  let path: string | undefined = from;
  let rule: IndexedRule | undefined = start;
  while (path !== undefined && rule !== undefined && isRedirect(rule) && rules.length < maxRedirects) {
    seen.add(path);
    rules.push(rule);
    path = leadTo(rule, path);
    if (path !== undefined && seen.has(path)) return { rules, isLoop: true };
    rule = path === undefined ? undefined : next(path);
  }
  return { rules, isLoop: false };
}

function nextRule(
  path: string,
  { matching }: RuleIndex,
  answer: (path: string) => string | undefined,
): IndexedRule | undefined {
  const next = matching(path).find((rule) => !leadsBack(rule, path));
  if (next === undefined || !isUnconditional(next.rule)) return undefined;
  return !next.rule.force && answer(path) !== undefined ? undefined : next;
}
