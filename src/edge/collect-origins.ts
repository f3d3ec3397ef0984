import { CdnpubError } from '../model/cdnpub-error.ts';
import type { EdgeOrigin } from '../model/edge-source.ts';
import { originProblem } from '../model/origin-problem.ts';
import type { ProxyRule } from '../model/proxy-rule.ts';
import type { RuleSource } from '../model/redirect-rule.ts';
import type { OriginSetting } from '../model/settings.ts';

/**
 * What other servers answer: `origins` of the config, then the lines of `_redirects` that lead to another server. A path
 * that stands in both is the config's. Throws `E_RULES`, with the place, where CloudFront could not be told so.
 */
export function collectOrigins(asked: {
  readonly settings: readonly OriginSetting[];
  readonly proxies: readonly ProxyRule[];
}): readonly EdgeOrigin[] {
  const placed = [...asked.settings.map(fromSetting), ...asked.proxies.map(fromProxy)];
  for (const { source, origin } of placed) refuse(source, problemOf(origin));
  const taken = new Set<string>();
  const found = placed.map(({ source, origin }) => ({ source, origin: withoutTaken(origin, taken) }));
  const kept = found.filter(({ origin }) => origin.patterns.length > 0);
  checkLimits(kept);
  return kept.map(({ origin }) => origin);
}

interface Placed {
  readonly source: RuleSource;
  readonly origin: EdgeOrigin;
}

const fromSetting = ({ source, pattern, server }: OriginSetting): Placed => ({
  source,
  origin: { patterns: [pattern], rule: null, server },
});

/** CloudFront waits 30 s by default ("Response timeout"). */
const fromProxy = ({ source, patterns, origin, rule }: ProxyRule): Placed => ({
  source,
  origin: { patterns, rule, server: { url: origin, cacheSeconds: 0, timeoutSeconds: 30, secret: null } },
});

const problemOf = ({ patterns, server }: EdgeOrigin): string | undefined =>
  originProblem.url(server.url) ?? patterns.map(originProblem.pattern).find((problem) => problem !== undefined);

/** The first that names a path has it. */
function withoutTaken(origin: EdgeOrigin, taken: Set<string>): EdgeOrigin {
  const patterns = origin.patterns.filter((pattern) => !taken.has(pattern));
  for (const pattern of patterns) taken.add(pattern);
  return { ...origin, patterns };
}

/** AWS: "Quotas on distributions", 25 origins and 75 cache behaviors each; the site itself takes one of both. */
const maxOrigins = 24;
const maxPatterns = 74;

function checkLimits(found: readonly Placed[]): void {
  const servers = new Set<string>();
  let patterns = 0;
  for (const { source, origin } of found) {
    const { cacheSeconds: _, ...where } = origin.server;
    servers.add(JSON.stringify(where));
    patterns += origin.patterns.length;
    if (servers.size > maxOrigins)
      refuse(source, `this is the ${servers.size}th other server: CloudFront takes ${maxOrigins} beside the site`);
    if (patterns > maxPatterns)
      refuse(source, `this is path ${patterns} of other servers: CloudFront takes ${maxPatterns} beside the site`);
  }
}

function refuse({ file, line, entry }: RuleSource, problem: string | undefined): void {
  if (problem === undefined) return;
  const place = line === null ? `${file} ${entry ?? ''}`.trimEnd() : `${file}:${line}`;
  throw new CdnpubError('E_RULES', { message: `${place}: ${problem}`, hints: [] });
}
