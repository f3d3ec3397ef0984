import { applyPlan } from '../apply/apply-plan.ts';
import type { ApplyPorts, AssetBody } from '../apply/run.ts';
import type { Asset } from '../model/asset.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { RunIdentity } from '../model/manifest.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan, ReadyPlan } from '../model/plan.ts';
import { ownNotFoundKey } from '../model/state-keys.ts';
import { isEmptyPlan } from '../plan/is-empty-plan.ts';
import type { DeployReport } from '../report/deploy-result.ts';
import { digest } from './digest.ts';
import { gzip } from './gzip.ts';
import { callId } from './ids.ts';
import { type DeployRequest, type PreparedDeploy, prepareDeploy } from './prepare-deploy.ts';

export interface DeployOptions extends DeployRequest {
  readonly dryRun: boolean;
  /** Asked once with the plan when it needs a yes. Throws or answers false to refuse. */
  readonly confirm: (prepared: PreparedDeploy) => Promise<boolean>;
  /** Told as soon as the plan stands, before anything is asked or written. */
  readonly onPlan: (prepared: PreparedDeploy) => Promise<void>;
  readonly run: RunIdentity;
  readonly waitForDistribution: boolean;
  readonly waitTimeoutMs: number;
  /** The address of a distribution's domain, where it is not the domain itself (the local cloud). */
  readonly urlOf: (domain: string) => string;
}

/** A whole deploy: plan, guards, confirmation, apply. What a user can meet is in the report; only bugs are thrown. */
export async function deploy(options: DeployOptions): Promise<DeployReport> {
  const startedMs = options.clock.now();
  const seconds = () => Math.round((options.clock.now() - startedMs) / 100) / 10;
  let prepared: PreparedDeploy | undefined;
  let outcome: Outcome | undefined;
  try {
    prepared = await prepareDeploy(options);
    await options.onPlan(prepared);
    const ready = await makeReady(prepared, options);
    outcome = options.dryRun
      ? undefined
      : await applyPlan(ready, prepared.snapshot, portsOf(prepared, options), applyOptions(options));
    return reportOf(options, { prepared, outcome, error: outcome?.error, seconds: seconds() });
  } catch (error) {
    if (!(error instanceof CdnpubError)) throw error;
    return reportOf(options, { prepared, outcome, error, seconds: seconds() });
  } finally {
    prepared?.wired.close();
  }
}

/** Lets a plan through when no guard refused it and the user said yes where that is needed. A dry run needs no yes. */
async function makeReady(prepared: PreparedDeploy, options: DeployOptions): Promise<ReadyPlan> {
  const { plan } = prepared;
  const [refusal] = plan.refusals;
  if (refusal !== undefined) throw new CdnpubError(refusal.code, refusal);
  if (!options.dryRun && plan.confirm.needed && !isEmptyPlan(plan) && !(await options.confirm(prepared)))
    throw notConfirmed(plan);
  return { ...plan, ready: true };
}

const notConfirmed = (plan: Plan): CdnpubError =>
  new CdnpubError('E_CONFIRM', {
    message: `this deploy ${plan.confirm.reasons.join(' and ')}, and that was not confirmed`,
    hints: ['--yes', '--dry-run shows the plan'],
  });

function portsOf({ wired, ownNotFound }: PreparedDeploy, { settings, clock, notify }: DeployOptions): ApplyPorts {
  return {
    ...{ store: wired.store, bucket: wired.bucket, cdn: wired.cdn, clock, notify, gzip, digest },
    openAsset: (asset) => openAsset(settings.dir, asset, ownNotFound),
    digestBytes: digest,
    randomId: callId,
  };
}

async function openAsset(root: string, asset: Asset, ownNotFound: string): Promise<AssetBody> {
  if (asset.source === ownNotFoundKey) return { kind: 'bytes', bytes: new TextEncoder().encode(ownNotFound) };
  const { readAsset } = await import('../site/read-asset.ts');
  return readAsset({ root, source: asset.source, size: asset.size, sha256: asset.sha256 });
}

const applyOptions = (options: DeployOptions) => ({
  concurrency: options.concurrency,
  waitForInvalidation: options.settings.wait,
  waitForDistribution: options.waitForDistribution,
  waitTimeoutMs: options.waitTimeoutMs,
  run: options.run,
  keptReleases: options.settings.retention.releases,
});

function reportOf(
  options: DeployOptions,
  end: {
    readonly prepared: PreparedDeploy | undefined;
    readonly outcome: Outcome | undefined;
    readonly error: CdnpubError | undefined;
    readonly seconds: number;
  },
): DeployReport {
  const { prepared, outcome, error, seconds } = end;
  const distribution = distributionOf(prepared, outcome);
  return {
    dryRun: options.dryRun,
    plan: prepared?.plan,
    ...{ outcome, error, distribution, seconds },
    leftOut: prepared?.inventory.leftOut.map(({ path }) => path) ?? [],
    url: distribution === undefined ? null : options.urlOf(distribution.domain),
    requests: prepared?.wired.counts,
  };
}

function distributionOf(
  prepared: PreparedDeploy | undefined,
  outcome: Outcome | undefined,
): DeployReport['distribution'] {
  const resolved = outcome?.resolved ?? prepared?.snapshot.cdn?.resolved ?? {};
  const [id, domain] = [resolved['distribution.id'], resolved['distribution.domain']];
  if (id === undefined || domain === undefined) return undefined;
  const changed =
    prepared?.plan.infrastructure.some(({ kind }) => kind === 'createDistribution' || kind === 'updateDistribution') ===
    true;
  const status =
    changed && outcome !== undefined ? 'InProgress' : (prepared?.snapshot.cdn?.distribution?.status ?? 'InProgress');
  return { id, domain, status };
}
