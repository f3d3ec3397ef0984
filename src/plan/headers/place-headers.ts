import type { Diagnostic } from '../../model/diagnostic.ts';
import type { HeaderStatement } from '../../model/header-statement.ts';
import type { ViewerHeaderRule } from '../../model/viewer-header-rule.ts';
import { securityHeaderNames } from '../infrastructure/security-header-names.ts';
import { edgePattern } from './edge-pattern.ts';
import { namesAny } from './fill-placeholders.ts';
import { headerPlace } from './header-place.ts';
import { isPolicyHeader } from './is-policy-header.ts';
import { isSiteWide } from './is-site-wide.ts';
import { viewerHeaderRules } from './viewer-header-rules.ts';

export interface PlacedHeaders {
  /** Stored with the objects that they match, in their order. */
  readonly stored: readonly HeaderStatement[];
  /** What the response headers policy sets on every answer, error pages and redirects included. */
  readonly policy: Readonly<Record<string, string>>;
  /** What the viewer-response function does to the answers that are no errors. */
  readonly viewer: readonly ViewerHeaderRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Sends each header to where it can be honoured. What holds for the whole site goes into the response headers policy,
 * the cheapest place and the only one that error answers pass; what only some files have goes into the viewer-response
 * function, which runs behind the policy and so overrides it [AWS, "Amazon CloudFront introduces Response Headers
 * Policies": policy headers come "before the viewer response event"]. Throws `E_CONFIG` for a glob of too many.
 */
export function placeHeaders(request: {
  /** From the weakest to the strongest. */
  readonly statements: readonly HeaderStatement[];
  readonly cleanUrls: boolean;
  /** Without a distribution objects carry all headers that there are. */
  readonly cdn: boolean;
  readonly notFoundKey: string;
}): PlacedHeaders {
  const { cleanUrls, cdn, notFoundKey } = request;
  const judged = request.statements.map((statement) => ({ statement, problem: problemOf(statement, request) }));
  const sound = judged.flatMap(({ statement, problem }) => (problem === undefined ? [statement] : []));
  const stored = sound.filter(({ name }) => headerPlace(name).kind === 'object');
  const atEdge = sound.filter(({ name }) => headerPlace(name).kind === 'edge' && cdn);
  const wide = lastSiteWide(atEdge);
  const inPolicy = pickForPolicy(wide);
  const order = new Map(atEdge.map((statement, index) => [statement, index]));
  const inFunction = atEdge.filter((statement) => isLeft(statement, { order, wide, inPolicy }));
  const viewer = viewerHeaderRules(inFunction, cleanUrls);
  return {
    stored,
    policy: Object.fromEntries(inPolicy),
    viewer,
    diagnostics: [
      ...judged.flatMap(({ statement, problem }) => tell(statement, 'error', problem)),
      ...inFunction.flatMap((statement) => tell(statement, ...missingOnErrors(statement, { cleanUrls, notFoundKey }))),
    ],
  };
}

/** Three wildcards are the most that a long path can be tested against within the millisecond that a function has. */
const mostWildcards = 3;

function problemOf(
  { name, value, match }: HeaderStatement,
  { cleanUrls, cdn }: { readonly cleanUrls: boolean; readonly cdn: boolean },
): string | undefined {
  const place = headerPlace(name);
  if (place.kind === 'refused') return `${name}: ${place.why}`;
  if (place.kind === 'edge' && !cdn)
    return `${name} cannot be kept with an object in S3; it needs a distribution that cdnpub manages`;
  if (name === 'set-cookie' && value !== null && !/^[!#$%&'*+.^`|~\w-]+=/.test(value)) {
    return 'set-cookie: a cookie is written NAME=VALUE';
  }
  const { captures } = edgePattern({ match, cleanUrls });
  const isTested = place.kind === 'edge' || namesAny(value ?? '', captures);
  const wildcards = match.split(/\*+/).length - 1;
  if (isTested && wildcards > mostWildcards)
    return `${match} has ${wildcards} wildcards; at most ${mostWildcards} can be honoured for ${name}`;
  return undefined;
}

/** For each header its last statement about the whole site: what stands before has no effect. */
const lastSiteWide = (statements: readonly HeaderStatement[]): ReadonlyMap<string, HeaderStatement> =>
  new Map(statements.filter(({ match }) => isSiteWide(match)).map((statement) => [statement.name, statement]));

/** CloudFront: a response headers policy has at most 10 custom headers. */
const mostCustom = 10;

/** The headers, sorted by name, that a policy can set. */
function pickForPolicy(wide: ReadonlyMap<string, HeaderStatement>): ReadonlyMap<string, string> {
  const able = [...wide.values()].flatMap(({ name, value, match }): [string, string][] => {
    if (value === null || !isPolicyHeader(name, value)) return [];
    const { captures } = edgePattern({ match, cleanUrls: false });
    return namesAny(value, captures) ? [] : [[name, value]];
  });
  const sorted = able.sort(([a], [b]) => (a < b ? -1 : 1));
  const custom = sorted.map(([name]) => name).filter((name) => !isSecurityHeader(name));
  const over = new Set(custom.slice(mostCustom));
  return new Map(sorted.filter(([name]) => !over.has(name)));
}

const isSecurityHeader = (name: string): boolean => securityHeaderNames.some((known) => known === name);

/** Whether the function has to see to a statement: the policy does not, and it makes a difference. */
function isLeft(
  statement: HeaderStatement,
  known: {
    readonly order: ReadonlyMap<HeaderStatement, number>;
    readonly wide: ReadonlyMap<string, HeaderStatement>;
    readonly inPolicy: ReadonlyMap<string, string>;
  },
): boolean {
  const last = known.wide.get(statement.name);
  // Cookies of several rules add up.
  if (last === undefined || (statement.name === 'set-cookie' && last.value !== null)) return true;
  if (statement === last) return statement.value !== null && !known.inPolicy.has(statement.name);
  return (known.order.get(statement) ?? 0) > (known.order.get(last) ?? 0);
}

/** CloudFront runs no viewer-response function where the origin answers 400 or more. */
function missingOnErrors(
  { name, value, match }: HeaderStatement,
  { cleanUrls, notFoundKey }: { readonly cleanUrls: boolean; readonly notFoundKey: string },
): ['warning' | 'notice', string | undefined] {
  if (value === null) return ['notice', undefined];
  if (isSiteWide(match)) return ['notice', `${name} is set by a function, which error answers do not pass`];
  if (!new RegExp(edgePattern({ match, cleanUrls }).pattern).test(`/${notFoundKey}`)) return ['notice', undefined];
  const meant = !/[*?:{]/.test(match);
  return [meant ? 'warning' : 'notice', `${name} is set by a function, which the answers of the 404 page do not pass`];
}

/** Only what somebody wrote is told. */
function tell(
  { origin }: HeaderStatement,
  level: Diagnostic['level'],
  message: string | undefined,
): readonly Diagnostic[] {
  return message === undefined || origin.kind === 'built-in' ? [] : [{ source: origin.source, level, message }];
}
