import type { RedirectRule } from '../../model/redirect-rule.ts';
import { type CompiledRule, compileRule } from './compile-rule.ts';

/** A rule and its place in the order. */
export interface IndexedRule extends CompiledRule {
  readonly index: number;
}

/** Rules that can be asked for a path, without trying each of them. */
export interface RuleIndex {
  readonly rules: readonly IndexedRule[];
  /** Rules whose pattern a path fits, in their order. */
  matching(path: string): readonly IndexedRule[];
}

/** Makes many questions cheap: rules of one path are looked up, only patterns are tried. */
export function indexRules(all: readonly RedirectRule[]): RuleIndex {
  const rules = all.map((rule, index): IndexedRule => ({ ...compileRule(rule), index }));
  const patterns = rules.filter(({ literal }) => literal === null);
  const exact = new Map<string, IndexedRule[]>();
  for (const rule of rules) {
    if (rule.literal === null) continue;
    const same = exact.get(rule.literal);
    if (same === undefined) exact.set(rule.literal, [rule]);
    else same.push(rule);
  }
  return {
    rules,
    matching: (path) =>
      [...(exact.get(path.replace(/(.)\/$/, '$1')) ?? []), ...patterns]
        .filter((rule) => rule.match(path) !== undefined)
        .sort((a, b) => a.index - b.index),
  };
}
