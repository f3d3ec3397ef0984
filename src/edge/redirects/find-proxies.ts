import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ProxyRule } from '../../model/proxy-rule.ts';
import type { PathPart, RedirectRule } from '../../model/redirect-rule.ts';

/**
 * The rules that hand a part of the site to another server (status 200 and a URL). CloudFront chooses the origin by the
 * path alone, before any function runs; what cannot be said so is an error.
 */
export function findProxies(rules: readonly RedirectRule[]): {
  readonly proxies: readonly ProxyRule[];
  /** Rules that cannot be honoured. */
  readonly refused: readonly RedirectRule[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const found = rules.filter(isProxy).map((rule) => ({ rule, problem: proxyProblem(rule) }));
  return {
    proxies: found.flatMap(({ rule, problem }) => (problem === undefined ? [toProxy(rule)] : [])),
    refused: found.flatMap(({ rule, problem }) => (problem === undefined ? [] : [rule])),
    diagnostics: found.flatMap(({ rule: { source }, problem }): readonly Diagnostic[] =>
      problem === undefined ? [] : [{ source, level: 'error', message: problem }],
    ),
  };
}

/** Whether a rule is answered by another server. */
const isProxy = ({ status, to }: RedirectRule): boolean => status === 200 && to.origin !== null;

const toProxy = (rule: RedirectRule): ProxyRule => ({
  source: rule.source,
  patterns: patternsOf(rule.from, rule.slashMatters),
  origin: rule.to.origin ?? '',
  rule,
});

function proxyProblem({ from, host, query, conditions }: RedirectRule): string | undefined {
  const { country, language, cookie } = conditions;
  const asked = query.length + country.length + language.length + cookie.length;
  if (asked > 0 || host !== null) return 'another server is chosen by the path alone, without host or conditions';
  const [first, second, ...others] = from;
  if (first?.kind !== 'text' || others.length > 0 || (second !== undefined && second.kind !== 'splat')) {
    return 'another server is chosen by a path, or by what it begins with: /api/*';
  }
  if (first.text === '/') return 'another server cannot answer every path: name the folders, /api/*';
  return /[?*]/.test(first.text) ? 'the path of another server has no ? or *' : undefined;
}

/** CloudFront's `*` stands for any characters, none and slashes among them. */
function patternsOf([first, second]: readonly PathPart[], slashMatters: boolean): readonly string[] {
  const text = first?.kind === 'text' ? first.text : '/';
  const bare = text.replace(/\/$/, '');
  if (second === undefined) return slashMatters ? [text] : [bare, `${bare}/`];
  return text.endsWith('/') && !slashMatters ? [bare, `${text}*`] : [`${text}*`];
}
