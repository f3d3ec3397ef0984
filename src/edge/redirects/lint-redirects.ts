import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RedirectRule, RuleSource } from '../../model/redirect-rule.ts';
import { findAnswer } from './find-answer.ts';
import { findShadow } from './find-shadow.ts';
import { followRedirects } from './follow-redirects.ts';
import { type IndexedRule, indexRules, type RuleIndex } from './index-rules.ts';
import { isRedirect, leadTo } from './lead-to.ts';

/**
 * What is wrong with rules that can all be read: one that never applies, since an earlier one or a file of the build
 * goes before it; redirects that lead in a circle, or on and on; a page to show that the build does not hold.
 */
export function lintRedirects(request: {
  readonly rules: readonly RedirectRule[];
  /** Keys of the build. */
  readonly keys: readonly string[];
  readonly cleanUrls: boolean;
}): readonly Diagnostic[] {
  const files = new Set(request.keys);
  const index = indexRules(request.rules);
  const answer = (path: string) => findAnswer({ path, files, cleanUrls: request.cleanUrls });
  return index.rules.flatMap((rule) => {
    const shadow = findShadow(rule, index);
    if (shadow !== undefined) {
      return [tell(rule, 'warning', `never applies: ${placeOf(shadow.rule.source)} goes before it`)];
    }
    const hidden = hiddenByFile(rule, answer);
    return hidden.length > 0 ? hidden : [...missingPage(rule, answer), ...way(rule, index, answer)];
  });
}

type Answer = (path: string) => string | undefined;

const tell = ({ rule }: IndexedRule, level: Diagnostic['level'], message: string): Diagnostic => ({
  source: rule.source,
  level,
  message,
});

/** Where a rule stands, as editors and terminals understand it. */
const placeOf = ({ file, line, entry }: RuleSource): string =>
  [file, ...(line === null ? [] : [`:${line}`]), ...(entry === undefined ? [] : [` ${entry}`])].join('');

/** A rewrite to the very file that answers anyway does no harm. */
function hiddenByFile(rule: IndexedRule, answer: Answer): readonly Diagnostic[] {
  const { literal } = rule;
  const file = literal === null || rule.rule.force ? undefined : answer(literal);
  if (literal === null || file === undefined) return [];
  const target = leadTo(rule, literal);
  if (!isRedirect(rule) && target !== undefined && answer(target) === file) return [];
  return [tell(rule, 'warning', `never applies: ${file} answers ${literal}; ${rule.rule.status}! goes before files`)];
}

function missingPage(rule: IndexedRule, answer: Answer): readonly Diagnostic[] {
  const { origin, path } = rule.rule.to;
  if (isRedirect(rule) || origin !== null || path.some(({ kind }) => kind !== 'text')) return [];
  const target = decodePath(path.map((part) => (part.kind === 'text' ? part.text : '')).join(''));
  return answer(target) === undefined ? [tell(rule, 'warning', `the build holds no page ${target}`)] : [];
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return path;
  }
}

/** Two redirects in a row happen where sites move; each costs visitors a round trip. */
const longWay = 3;

function way(rule: IndexedRule, index: RuleIndex, answer: Answer): readonly Diagnostic[] {
  const { rules, isLoop } = followRedirects(rule, index, answer);
  const others = new Set(rules.filter((other) => other !== rule));
  const lines = [...others].map((other) => placeOf(other.rule.source));
  if (isLoop) return [tell(rule, 'error', `leads in a circle${lines.length === 0 ? '' : `, by ${lines.join(', ')}`}`)];
  if (rules.length < longWay) return [];
  return [tell(rule, 'warning', `leads on by ${lines.join(', ')}: let it lead to the end at once`)];
}
