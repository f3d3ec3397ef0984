import type { QueryPart, RedirectRule } from '../../model/redirect-rule.ts';
import type { IndexedRule, RuleIndex } from './index-rules.ts';
import { leadsBack } from './lead-to.ts';
import { samplePaths } from './sample-paths.ts';

/** The earlier rule that takes every request of a rule, if there is one. */
export function findShadow(rule: IndexedRule, { matching }: RuleIndex): IndexedRule | undefined {
  const paths = samplePaths(rule.rule);
  const takes = (other: IndexedRule): boolean =>
    other.index < rule.index &&
    asksNoMore(other.rule, rule.rule) &&
    paths.every((path) => other.match(path) !== undefined && !leadsBack(other, path));
  return matching(paths[0] ?? '/').find(takes);
}

/** Whether whatever meets the conditions of one rule meets those of the other. */
function asksNoMore(rule: RedirectRule, other: RedirectRule): boolean {
  const hasSame = (part: QueryPart): boolean =>
    other.query.some(
      (asked) => asked.name === part.name && ('capture' in part || ('value' in asked && asked.value === part.value)),
    );
  const allows = (kind: keyof RedirectRule['conditions']): boolean => {
    const [mine, theirs] = [rule.conditions[kind], other.conditions[kind]];
    return mine.length === 0 || (theirs.length > 0 && theirs.every((value) => mine.includes(value)));
  };
  return (
    (rule.host === null || rule.host === other.host) &&
    rule.query.every(hasSame) &&
    allows('country') &&
    allows('language') &&
    allows('cookie')
  );
}
