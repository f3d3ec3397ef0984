import { pathExpression } from '../../../src/edge/redirects/path-expression.ts';
import type { QueryPart, RedirectRule, TargetPart } from '../../../src/model/redirect-rule.ts';

/** A request in the parts that a rule looks at. */
export interface AskedFor {
  readonly host: string;
  /** Decoded, as the edge has it. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly country: string;
  readonly languages: readonly string[];
  readonly cookies: readonly string[];
}

export interface Matched {
  readonly rule: RedirectRule;
  /** Without the query that is kept. */
  readonly to: string;
}

/**
 * The meaning of rules in a few lines, to compare others with: the first that matches decides, and one that would lead
 * to where the request comes from is passed over.
 */
export function matchRules(rules: readonly RedirectRule[], asked: AskedFor): Matched | undefined {
  for (const rule of rules) {
    const to = matchRule(rule, asked);
    const isRedirect = rule.status >= 300 && rule.status < 400;
    if (to !== undefined && !(isRedirect && decodeURI(to) === asked.path)) return { rule, to };
  }
  return undefined;
}

function matchRule(rule: RedirectRule, asked: AskedFor): string | undefined {
  if (rule.host !== null && rule.host !== asked.host) return undefined;
  if (!conditionsHold(rule, asked)) return undefined;
  const { source, names } = pathExpression(rule.from, rule.slashMatters);
  const groups = new RegExp(source).exec(asked.path);
  if (groups === null || !rule.query.every((part) => parameterHolds(part, asked.query))) return undefined;
  const values = new Map<string, string>();
  names.forEach((name, index) => {
    if (!values.has(name)) values.set(name, encodeURI(groups[index + 1] ?? ''));
  });
  for (const part of rule.query) {
    if ('capture' in part) values.set(part.capture, encodeURIComponent(asked.query.get(part.name) ?? ''));
  }
  const fill = (parts: readonly TargetPart[]): string =>
    parts.map((part) => (part.kind === 'text' ? part.text : (values.get(part.name) ?? ''))).join('');
  const { origin, path, query, hash } = rule.to;
  const local = origin === null ? fill(path).replace(/^\/+/, '/') : origin + fill(path);
  return `${local}${query === null ? '' : `?${fill(query)}`}${hash === null ? '' : `#${fill(hash)}`}`;
}

const parameterHolds = (part: QueryPart, query: URLSearchParams): boolean =>
  'capture' in part ? query.has(part.name) : query.get(part.name) === part.value;

function conditionsHold({ conditions: { country, language, cookie } }: RedirectRule, asked: AskedFor): boolean {
  const speaks = (tag: string) =>
    asked.languages.some((spoken) => spoken.toLowerCase() === tag || spoken.toLowerCase().startsWith(`${tag}-`));
  return (
    (country.length === 0 || country.includes(asked.country)) &&
    (language.length === 0 || language.some(speaks)) &&
    (cookie.length === 0 || cookie.some((name) => asked.cookies.includes(name)))
  );
}
