import type { PathPart, RedirectRule, TargetPart } from '../../model/redirect-rule.ts';
import { pathExpression } from '../redirects/path-expression.ts';
import type { SiteData } from './site-literal.ts';

/** A rule for one path, as the function's text takes it. */
export function exactRuleData(rule: RedirectRule, path: string, slash: 'either' | 'with' | 'without'): SiteData {
  return {
    from: slash === 'with' ? `${path}/` : path,
    strict: slash === 'either' ? undefined : true,
    status: rule.status,
    to: joined(targetParts(rule, [])),
  };
}

/** A pattern, or a rule with conditions. */
export function patternRuleData(rule: RedirectRule): SiteData {
  const { conditions, query, host, slashMatters } = rule;
  const { source, names } = pathExpression(rule.from, slashMatters);
  const captured = query.flatMap((part) => ('capture' in part ? [part.capture] : []));
  return {
    start: startOf(rule.from),
    match: source,
    strict: slashMatters || undefined,
    status: rule.status,
    to: joined(targetParts(rule, [...names, ...captured])),
    host: host ?? undefined,
    country: filled(conditions.country),
    language: filled(conditions.language),
    cookie: filled(conditions.cookie),
    query: filled(query.map((part) => ('capture' in part ? [part.name] : [part.name, part.value]))),
  };
}

/** Whether a rule asks for more than a path. */
export const hasConditions = ({ host, query, conditions }: RedirectRule): boolean =>
  host !== null || query.length > 0 || Object.values(conditions).some((values) => values.length > 0);

const filled = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

/** Text that every path of a pattern begins with; most requests fail there. */
function startOf([first]: readonly PathPart[]): string {
  return first?.kind === 'text' ? first.text.replace(/\/$/, '') : '';
}

/** Texts and the numbers of values, in the order in which the function's text learns them. */
function targetParts({ to }: RedirectRule, names: readonly string[]): readonly (string | number)[] {
  const fill = (parts: readonly TargetPart[]) =>
    parts.map((part) => (part.kind === 'text' ? part.text : names.includes(part.name) ? names.indexOf(part.name) : ''));
  return [
    ...(to.origin === null ? [] : [to.origin]),
    ...fill(to.path),
    ...(to.query === null ? [] : ['?', ...fill(to.query)]),
    ...(to.hash === null ? [] : ['#', ...fill(to.hash)]),
  ].map((part) => (typeof part === 'string' ? part.replace(/\s/g, (c) => encodeURIComponent(c)) : part));
}

/** Neighbouring texts made one; a text alone is no list. */
function joined(parts: readonly (string | number)[]): string | readonly (string | number)[] {
  const list: (string | number)[] = [];
  for (const part of parts) {
    const last = list.at(-1);
    if (typeof part === 'string' && typeof last === 'string') list[list.length - 1] = last + part;
    else list.push(part);
  }
  const [only] = list;
  return list.length === 1 && typeof only === 'string' ? only : list;
}
