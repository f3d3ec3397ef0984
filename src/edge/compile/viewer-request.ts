import type { EdgeSource } from '../../model/edge-source.ts';
import type { RedirectRule } from '../../model/redirect-rule.ts';
import type { EdgeTools } from '../edge-tools.ts';
import { type PathKind, pathKind } from '../site-shape.ts';
import type { CompiledRules } from './compile-rules.ts';
import { guardedPaths } from './guarded-paths.ts';
import { hasConditions, patternRuleData } from './rule-data.ts';
import type { SiteData } from './site-literal.ts';
import { type Constants, type FunctionText, functionText } from './text-parts.ts';

export interface ViewerRequestInput {
  readonly source: EdgeSource;
  readonly rules: CompiledRules;
  /** What extensionless paths are unless told otherwise. */
  readonly rule: PathKind;
  /** Paths that the rule, or the index, does not tell rightly. */
  readonly known: readonly (readonly [string, PathKind])[];
  /** Bits that tell the bucket of a path; null where there is no index. */
  readonly paths: number | null;
  /** Folders with a 404 page of their own. */
  readonly errors: readonly string[];
  readonly response: 'there' | 'absent';
  readonly trace: 'on' | 'off';
  readonly tools: EdgeTools;
}

/** The text of the viewer-request function: only the parts that the site uses. */
export function viewerRequestText(input: ViewerRequestInput): FunctionText {
  const constants = constantsOf(input);
  const text = input.source.handlers.viewerRequest;
  return functionText({
    fragments: fragmentsFor(constants),
    constants,
    data: dataOf(input, constants),
    handler: text === null ? null : { name: 'edge.viewerRequest', text },
    tools: input.tools,
  });
}

function constantsOf(input: ViewerRequestInput) {
  const { source, rules, paths, errors } = input;
  const { hosts, auth, maintenance, origins, trailingSlash } = source;
  const moved = origins.flatMap(({ rule }) => rule ?? []);
  return {
    HAS_HOSTS: hosts.length > 1,
    HAS_MAINTENANCE: maintenance !== null,
    HAS_CLOSED_PAGE: maintenance !== null && maintenance.page !== null,
    HAS_AUTH: auth !== null,
    HAS_USERS: auth !== null && auth.users.length > 0,
    HAS_JWT: auth?.jwt === true,
    HAS_ORIGINS: origins.length > 0,
    HAS_MOVED_ORIGINS: moved.length > 0,
    HAS_RULES: rules.data.length > 0 || rules.bits !== null,
    HAS_SOFT_RULES: rules.soft,
    HAS_STORED_RULES: rules.bits !== null,
    HAS_CONDITIONS: rules.conditions || moved.some(hasConditions),
    HAS_HANDLER: source.handlers.viewerRequest !== null,
    HAS_INDEX: paths !== null,
    HAS_ERRORS: errors.length > 0,
    HAS_BASE: hasBase(source),
    HAS_APP: source.spa !== null,
    HAS_RESPONSE: input.response === 'there',
    CLEAN: source.cleanUrls,
    SLASH_ALWAYS: trailingSlash === true,
    SLASH_NEVER: trailingSlash === false,
    TRACE: input.trace === 'on',
  } as const;
}

/** The files of `templates/edge/` that a text is made of, in no order that matters but for the order itself, which ends it. */
function fragmentsFor(has: ReturnType<typeof constantsOf>): readonly string[] {
  const digests = has.HAS_INDEX || has.HAS_STORED_RULES;
  const used: Readonly<Record<string, boolean>> = {
    'store.js': digests || has.HAS_MAINTENANCE || has.HAS_AUTH,
    'crypto.js': digests || has.HAS_AUTH,
    'digest.js': digests,
    'spelling.js': true,
    'visit.js': true,
    'host.js': has.HAS_HOSTS,
    'maintenance.js': has.HAS_MAINTENANCE,
    'auth.js': has.HAS_AUTH,
    'rule-paths.js': has.HAS_RULES || has.HAS_MOVED_ORIGINS,
    'stored-rules.js': has.HAS_STORED_RULES,
    'redirects.js': has.HAS_RULES,
    'conditions.js': has.HAS_CONDITIONS,
    'origins.js': has.HAS_ORIGINS,
    'user-handler.js': has.HAS_HANDLER,
    'clean-urls.js': true,
    'path-index.js': has.HAS_INDEX,
    'order.js': true,
  };
  return Object.keys(used).filter((name) => used[name]);
}

function dataOf(input: ViewerRequestInput, constants: Constants): SiteData {
  const { source, rules, known } = input;
  const { auth, maintenance } = source;
  const when = <T>(name: string, value: T): T | undefined => (constants[name] ? value : undefined);
  return {
    prefix: source.prefix,
    // The fourth bit says that it is a guess.
    rule: input.rule === pathKind.none ? 0 : input.rule + 8,
    known: known.map(([path]) => path),
    kinds: known.map(([, kind]) => kind).join(''),
    base: when('HAS_BASE', source.basePath),
    app: source.spa ?? undefined,
    paths: input.paths ?? undefined,
    notFound: when('HAS_INDEX', source.notFound),
    errors: when('HAS_ERRORS', input.errors),
    hosts: when('HAS_HOSTS', source.hosts),
    rules: when('HAS_RULES', rules.data),
    rest: when('HAS_STORED_RULES', rules.rest),
    stored: rules.bits ?? undefined,
    guarded: auth === null ? undefined : guardedPaths(auth.paths),
    realm: when('HAS_USERS', source.hosts[0] ?? 'site'),
    allow: maintenance?.allow,
    closed: maintenance?.page ?? undefined,
    origins: when('HAS_ORIGINS', source.origins.map(originData)),
  };
}

const hasBase = ({ basePath = '' }: EdgeSource): boolean => basePath !== '';

/** CloudFront: `*` is whatever comes, `?` one character, a leading slash may be left out; case matters. */
function originData({ patterns, rule }: EdgeSource['origins'][number]): SiteData {
  const sources = patterns.map((pattern) =>
    pattern
      .replace(/^\/?/, '/')
      .replace(/[\\^$.*+?()[\]{}|]/g, (c) => ({ '*': '[\\s\\S]*', '?': '[\\s\\S]' })[c] ?? `\\${c}`),
  );
  return { match: `^(?:${sources.join('|')})$`, rule: rule === null ? undefined : patternRuleData(pathOnly(rule)) };
}

/** The distribution knows the server; the function moves the path. */
const pathOnly = (rule: RedirectRule): RedirectRule => ({ ...rule, to: { ...rule.to, origin: null } });

/** What an unknown extensionless path is: an application's, unless the index knows better. */
export const guessFor = (source: EdgeSource, rule: PathKind, paths: number | null): PathKind =>
  source.spa !== null && paths === null ? pathKind.none : rule;
