import * as v from 'valibot';
import { redirectStatuses } from '../model/redirect-rule.ts';
import { closestName } from './closest-name.ts';
import { parseDuration } from './duration.ts';
import { type Rule, rules } from './rules.ts';

/** Text that a rule must have nothing against. */
const ruled = (rule: Rule) =>
  v.pipe(
    v.string(),
    v.check(
      (value) => rule(value) === undefined,
      ({ input }) => rule(input) ?? '',
    ),
  );

/** An object without keys of other names; a name that is nearly right is told. */
const closed = <T extends v.ObjectEntries>(entries: T) =>
  v.strictObject(entries, (issue) => {
    const key = String(issue.path?.at(-1)?.key ?? '');
    if (issue.expected === 'never') return unknownKey(key, Object.keys(entries));
    return issue.received === 'undefined' && issue.expected !== 'Object' ? `${key} is missing` : '';
  });

function unknownKey(key: string, known: readonly string[]): string {
  const meant = closestName(key, known);
  return meant === undefined ? `unknown key; known are ${known.join(', ')}` : `unknown key; did you mean ${meant}?`;
}

const duration = v.pipe(
  v.string(),
  v.check((value) => parseDuration(value) !== undefined, 'a duration looks like 30s, 5m, 12h or 14d'),
);

const between = (least: number, most: number) => {
  const message = `a whole number from ${least} to ${most} is needed`;
  return v.pipe(
    v.number(),
    v.check((value) => Number.isInteger(value) && value >= least && value <= most, message),
  );
};

const isSpelledOnce = (set: Readonly<Record<string, unknown>>): boolean =>
  new Set(Object.keys(set).map((name) => name.toLowerCase())).size === Object.keys(set).length;

const namedTwice = 'one header stands here twice, in upper and lower case';

const headerSet = v.pipe(
  v.record(ruled(rules.headerName), ruled(rules.headerValue)),
  v.check((set) => isSpelledOnce(set), namedTwice),
);

const securityHeaders = v.pipe(
  v.record(ruled(rules.headerName), v.union([v.literal(false), ruled(rules.headerValue)])),
  v.check((set) => isSpelledOnce(set), namedTwice),
);

const headerRule = v.pipe(
  closed({
    match: ruled(rules.match),
    set: v.optional(headerSet),
    unset: v.optional(v.array(ruled(rules.headerName))),
  }),
  v.check(({ set = {}, unset = [] }) => {
    const names = Object.keys(set).map((name) => name.toLowerCase());
    return !unset.some((name) => names.includes(name.toLowerCase()));
  }, 'a header cannot be set and unset by one rule'),
);

const texts = v.union([v.string(), v.array(v.string())]);

const redirectRule = closed({
  from: ruled(rules.address),
  to: ruled(rules.address),
  status: v.optional(v.picklist(redirectStatuses)),
  force: v.optional(v.boolean()),
  query: v.optional(v.record(v.string(), v.string())),
  country: v.optional(texts),
  language: v.optional(texts),
  cookie: v.optional(texts),
});

const fromEnvironment = closed({ env: ruled(rules.variable) });

/** What is said of a password that will not do never repeats it. */
const password = v.custom<string | { readonly env: string }>((value) => {
  if (typeof value === 'string') return rules.password(value) === undefined;
  return v.is(fromEnvironment, value);
}, 'a password has 12 characters or more, or is { "env": "NAME" }');

/** Who may see a part of the site: somebody must be able to. */
const auth = v.pipe(
  closed({
    paths: v.array(ruled(rules.guardedPath)),
    users: v.optional(v.record(ruled(rules.userName), password)),
    jwt: v.optional(closed({ key: fromEnvironment })),
  }),
  v.check(
    ({ users = {}, jwt }) => jwt !== undefined || Object.keys(users).length > 0,
    'nobody could come in: "users" or "jwt" is needed',
  ),
  v.check(({ paths }) => paths.length > 0, 'no path is guarded: "paths" is empty'),
);

const maintenance = closed({ page: v.optional(ruled(rules.key)), allow: v.optional(v.array(ruled(rules.ipAddress))) });

/** CloudFront: a response timeout of 1 to 120 seconds. */
const originTimeout = v.pipe(
  v.string(),
  v.check((value) => {
    const seconds = parseDuration(value) ?? 0;
    return seconds >= 1 && seconds <= 120;
  }, 'a timeout is from 1s to 120s'),
);

/** Paths that another server answers. */
const origin = closed({
  url: ruled(rules.originUrl),
  cache: v.optional(v.union([v.literal(false), duration])),
  secretHeader: v.optional(closed({ env: ruled(rules.variable), name: v.optional(ruled(rules.secretHeader)) })),
  timeout: v.optional(originTimeout),
});

/** Every key that an environment may have of its own. */
const entries = {
  site: v.optional(ruled(rules.site)),
  dir: v.optional(ruled(rules.dir)),
  account: v.optional(ruled(rules.account)),
  region: v.optional(ruled(rules.region)),
  profile: v.optional(ruled(rules.profile)),
  bucket: v.optional(ruled(rules.bucket)),
  distribution: v.optional(ruled(rules.distribution)),
  manage: v.optional(v.picklist(['all', 'content'])),
  prefix: v.optional(ruled(rules.prefix)),
  basePath: v.optional(ruled(rules.basePath)),
  headers: v.optional(v.array(headerRule)),
  redirects: v.optional(v.array(redirectRule)),
  redirectsDialect: v.optional(v.picklist(['netlify', 'cloudflare'])),
  cleanUrls: v.optional(v.boolean()),
  trailingSlash: v.optional(v.union([v.literal('auto'), v.boolean()])),
  spa: v.optional(
    v.pipe(
      v.union([v.boolean(), v.string()]),
      v.check(
        (value) => typeof value === 'boolean' || rules.key(value) === undefined,
        ({ input }) => rules.key(String(input)) ?? '',
      ),
    ),
  ),
  notFound: v.optional(ruled(rules.key)),
  origins: v.optional(v.record(ruled(rules.originPattern), origin)),
  auth: v.optional(auth),
  maintenance: v.optional(maintenance),
  edge: v.optional(
    closed({ viewerRequest: v.optional(ruled(rules.dir)), viewerResponse: v.optional(ruled(rules.dir)) }),
  ),
  securityHeaders: v.optional(v.union([v.boolean(), securityHeaders])),
  retention: v.optional(closed({ assets: v.optional(duration), releases: v.optional(between(1, 1000)) })),
  // CloudFront takes at most 3,000 paths in progress.
  invalidation: v.optional(closed({ maxItems: v.optional(between(1, 3000)) })),
  wait: v.optional(v.boolean()),
  ignore: v.optional(v.array(v.string())),
  cdn: v.optional(v.boolean()),
} as const;

const overlaySchema = closed(entries);

const environments = v.optional(v.record(ruled(rules.env), overlaySchema));

/** One of several sites; its name is its key. */
const { site: _, ...siteEntries } = entries;

/** The config file, for what exists now. */
export const configSchema = closed({
  $schema: v.optional(v.string()),
  ...entries,
  env: environments,
  sites: v.optional(v.record(ruled(rules.site), closed({ ...siteEntries, env: environments }))),
});

export type ConfigFile = v.InferOutput<typeof configSchema>;

/** What an environment lays over the config. */
export type ConfigOverlay = v.InferOutput<typeof overlaySchema>;
