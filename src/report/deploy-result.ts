import type { CdnpubError } from '../model/cdnpub-error.ts';
import type { ErrorCode, ExitCode } from '../model/error-code.ts';
import type { FailedItem, Outcome } from '../model/outcome.ts';
import type { Change, ChangeKind, Plan } from '../model/plan.ts';
import { isEmptyPlan } from '../plan/is-empty-plan.ts';
import { keyOf } from '../plan/objects/diff-objects.ts';

/** An error as programs read it. */
export interface ErrorObject {
  readonly code: ErrorCode | 'E_BUG';
  readonly message: string;
  readonly hints: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}

/** The object that `deploy --json` prints, whatever happened: the contract with other programs. */
export interface DeployResult {
  readonly schema: 1;
  readonly ok: boolean;
  readonly exit: ExitCode;
  readonly dryRun: boolean;
  readonly changed: boolean;
  readonly state: 'unchanged' | 'partial' | 'live';
  readonly confirm: boolean;
  readonly site: string | null;
  readonly channel: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly bucket: string | null;
  readonly release: string | null;
  readonly previousRelease: string | null;
  /** Release whose files a rollback brought back; for a deploy after one, what the previous release had brought back. */
  readonly rolledBackTo: string | null;
  readonly url: string | null;
  readonly distribution: {
    readonly id: string | null;
    readonly domain: string | null;
    readonly status: string | null;
    readonly changes: readonly { readonly field: string; readonly from: string; readonly to: string }[];
  } | null;
  readonly files: {
    readonly total: number;
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly headers: readonly string[];
    readonly deleted: readonly string[];
    readonly retained: readonly string[];
    readonly unchanged: number;
    readonly leftOut: readonly string[];
    readonly failed: readonly FailedItem[];
  };
  readonly bytes: { readonly total: number; readonly uploaded: number };
  readonly requests: RequestTotals;
  readonly invalidations: readonly {
    readonly id: string | null;
    readonly part: 'main' | 'late';
    readonly items: readonly string[];
    readonly billable: number;
    readonly covers: number;
    readonly overcovers: number;
  }[];
  readonly refusals: readonly {
    readonly code: ErrorCode;
    readonly message: string;
    readonly hints: readonly string[];
  }[];
  readonly warnings: readonly string[];
  readonly seconds: number;
  readonly error?: ErrorObject;
}

export interface RequestTotals {
  readonly s3: Readonly<Record<'list' | 'get' | 'head' | 'put' | 'copy' | 'delete' | 'other', number>>;
  readonly cloudfront: { readonly read: number; readonly write: number };
  readonly kvs: { readonly read: number; readonly write: number };
}

/** What a deploy came to; the parts that a failure cut short are absent. */
export interface DeployReport {
  readonly dryRun: boolean;
  readonly plan: Plan | undefined;
  readonly outcome: Outcome | undefined;
  readonly error: CdnpubError | undefined;
  readonly leftOut: readonly string[];
  /** Distribution that stands before the bucket after this run. */
  readonly distribution: { readonly id: string; readonly domain: string; readonly status: string } | undefined;
  readonly url: string | null;
  readonly requests: RequestTotals | undefined;
  readonly seconds: number;
}

const noRequests: RequestTotals = {
  s3: { list: 0, get: 0, head: 0, put: 0, copy: 0, delete: 0, other: 0 },
  cloudfront: { read: 0, write: 0 },
  kvs: { read: 0, write: 0 },
};

/** Shapes a report into the JSON contract; every field is there, however early the deploy ended. */
export function deployResult(report: DeployReport): DeployResult {
  const { plan, outcome, error } = report;
  const exit = error === undefined ? 0 : error.exit;
  return {
    schema: 1,
    ok: exit === 0,
    exit,
    dryRun: report.dryRun,
    changed: report.dryRun
      ? plan !== undefined && !isEmptyPlan(plan)
      : outcome !== undefined && outcome.state !== 'unchanged',
    state: outcome?.state ?? 'unchanged',
    confirm: plan?.confirm.needed ?? false,
    ...place(plan),
    ...releases(report),
    rolledBackTo: plan?.rollback?.to ?? plan?.previousRolledBackTo ?? null,
    url: report.url,
    distribution: distribution(report),
    files: files(report),
    bytes: { total: totalBytes(plan?.changes ?? []), uploaded: outcome?.uploadedBytes ?? 0 },
    requests: report.requests ?? noRequests,
    invalidations: invalidations(plan, outcome),
    refusals: plan?.refusals ?? [],
    warnings: [...(plan?.warnings ?? []), ...(outcome?.warnings ?? [])],
    seconds: report.seconds,
    ...(error === undefined ? {} : { error: errorObject(error) }),
  };
}

/** One of our errors as programs read it. */
export const errorObject = ({ code, message, hints, details }: CdnpubError): ErrorObject => ({
  code,
  message,
  hints,
  details,
});

const place = (plan: Plan | undefined): Pick<DeployResult, 'site' | 'channel' | 'account' | 'region' | 'bucket'> => ({
  site: plan?.target.site ?? null,
  channel: plan?.target.channel ?? 'live',
  account: plan?.target.account ?? null,
  region: plan?.target.region ?? null,
  bucket: plan?.target.bucket ?? null,
});

/**
 * The release that is live afterwards, this one once the manifest names it, else the last finished one; and the one
 * before it.
 */
function releases({ plan, outcome, dryRun }: DeployReport): Pick<DeployResult, 'release' | 'previousRelease'> {
  if (plan === undefined) return { release: null, previousRelease: null };
  const published = plan.makesRelease && (outcome?.state === 'live' || (dryRun && !isEmptyPlan(plan)));
  return published
    ? { release: plan.release, previousRelease: plan.previousRelease }
    : { release: plan.previousRelease, previousRelease: plan.releaseBefore };
}

function distribution({ plan, distribution: found }: DeployReport): DeployResult['distribution'] {
  if (plan === undefined || !plan.target.cdn) return null;
  const changes = plan.distributionChanges.map(({ field, from, to }) => ({
    field,
    from,
    to: typeof to === 'string' ? to : `(${to.ref})`,
  }));
  return { id: found?.id ?? null, domain: found?.domain ?? null, status: found?.status ?? null, changes };
}

function files({ plan, outcome, leftOut }: DeployReport): DeployResult['files'] {
  const changes = plan?.changes ?? [];
  const keys = (kind: ChangeKind) => changes.filter((change) => change.kind === kind).map(keyOf);
  return {
    total: changes.filter((change) => 'asset' in change).length,
    added: keys('add'),
    changed: keys('change'),
    headers: keys('headers'),
    deleted: keys('delete'),
    retained: keys('retain'),
    unchanged: changes.filter(({ kind }) => kind === 'keep').length,
    leftOut,
    failed: outcome?.failed ?? [],
  };
}

const totalBytes = (changes: readonly Change[]): number =>
  changes.reduce((sum, change) => sum + ('asset' in change ? change.asset.size : 0), 0);

function invalidations(plan: Plan | undefined, outcome: Outcome | undefined): DeployResult['invalidations'] {
  const ids = new Map(outcome?.invalidations.map(({ part, id }) => [part, id]));
  const batches = plan?.invalidations ?? [];
  const made =
    outcome === undefined || outcome.state === 'unchanged' ? batches : batches.filter(({ part }) => ids.has(part));
  return made.map(({ part, items, billable, covers, overcovers }) => ({
    id: ids.get(part) ?? null,
    ...{ part, items, billable, covers, overcovers },
  }));
}
