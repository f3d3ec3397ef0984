import { byteLength } from '../../model/byte-length.ts';
import type { Digest } from '../../model/digest.ts';
import type { RedirectRule } from '../../model/redirect-rule.ts';
import { compileRule } from '../redirects/compile-rule.ts';
import { type ExactRule, splitRules } from '../redirects/split-rules.ts';
import type { BucketsBefore } from '../store/buckets.ts';
import { packRules } from '../store/pack-rules.ts';
import { exactRuleData, hasConditions, patternRuleData } from './rule-data.ts';
import { type SiteData, siteLiteral } from './site-literal.ts';

/** Redirects and rewrites, ready for the function's text and for the store. */
export interface CompiledRules {
  /** Tried first, in their order; all of them where nothing is in the store. */
  readonly data: readonly SiteData[];
  /** Tried after those of the store. */
  readonly rest: readonly SiteData[];
  readonly store: ReadonlyMap<string, string>;
  /** Bits that tell the bucket; null where nothing is in the store. */
  readonly bits: number | null;
  readonly soft: boolean;
  readonly conditions: boolean;
  /** Whether some rule shows a page with a status of its own. */
  readonly statuses: boolean;
  /** Whether some pattern gives way to files, which only the path index can tell. */
  readonly needsIndex: boolean;
}

/** So many bytes of rules for single paths are kept in the text, which costs no read of the store. */
const textRoom = 1_200;

/**
 * Sorts the rules: what can be looked up goes into the store once it is much, the rest into the text. A rule without
 * force gives way only where `paths`, those that files answer, has one of its own; elsewhere it holds at once. What
 * another server answers is left out.
 */
export function compileRules(options: {
  readonly rules: readonly RedirectRule[];
  /** With leading slash. */
  readonly paths: ReadonlySet<string>;
  readonly digest: Digest;
  readonly before: BucketsBefore;
  readonly store: 'there' | 'absent';
  readonly trace: 'on' | 'off';
}): CompiledRules {
  const { rules, paths, trace } = options;
  const usable = rules.filter((rule) => rule.to.origin === null || isRedirect(rule));
  const { first, exact, rest } = splitRules(usable);
  const patterns = [...first, ...rest];
  const idOf = (rule: RedirectRule) => (trace === 'on' ? rules.indexOf(rule) : undefined);
  const softExact = new Set(exact.filter((one) => givesWay(one, paths)).map(({ rule }) => rule));
  const softPatterns = new Set(patterns.filter((rule) => !rule.force && takesAny(rule, paths)));
  const isSoft = (rule: RedirectRule) => softExact.has(rule) || softPatterns.has(rule) || undefined;
  const singles = exact.map(({ rule, path, slash }) => ({
    ...exactRuleData(rule, path, slash),
    ...{ soft: isSoft(rule), id: idOf(rule) },
  }));
  const several = (some: readonly RedirectRule[]) =>
    some.map((rule) => ({ ...patternRuleData(rule), soft: isSoft(rule), id: idOf(rule) }));
  const untraced = singles.map((single) => ({ ...single, id: undefined }));
  const inStore = options.store === 'there' && byteLength(siteLiteral(untraced)) > roomOf(options.before.bits);
  const packed = inStore
    ? packRules({
        ...{ exact, idOf, digest: options.digest, before: options.before },
        isSoft: (rule) => softExact.has(rule),
      })
    : { store: new Map<string, string>(), bits: null, left: [] as readonly ExactRule[] };
  const left = singles.filter((_, i) => packed.left.some((one) => one === exact[i]));
  return {
    data: inStore ? several(first) : [...several(first), ...singles, ...several(rest)],
    rest: inStore ? [...left, ...several(rest)] : [],
    store: packed.store,
    bits: packed.bits,
    soft: softExact.size + softPatterns.size > 0,
    conditions: patterns.some(hasConditions),
    statuses: usable.some(({ status }) => status >= 400),
    needsIndex: softPatterns.size > 0,
  };
}

const isRedirect = ({ status }: RedirectRule): boolean => status >= 300 && status < 400;

/** What is in the store stays there until it is little. */
const roomOf = (before: number | null): number => (before === null ? textRoom : textRoom / 2);

const givesWay = ({ rule, path }: ExactRule, paths: ReadonlySet<string>): boolean =>
  !rule.force && (paths.has(path) || paths.has(`${path}/`));

function takesAny(rule: RedirectRule, paths: ReadonlySet<string>): boolean {
  const compiled = compileRule(rule);
  for (const path of paths) if (compiled.match(path) !== undefined) return true;
  return false;
}
