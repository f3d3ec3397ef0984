import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Outcome } from '../model/outcome.ts';
import { isEmptyPlan } from '../plan/is-empty-plan.ts';
import type { DeployReport } from '../report/deploy-result.ts';
import { addressOf } from './address-of.ts';
import type { DeployOptions } from './deploy-options.ts';
import { makeReady } from './make-ready.ts';
import { graceMs, orGiveUp } from './or-give-up.ts';
import { partialOutcome } from './partial-outcome.ts';
import { type PreparedDeploy, prepareDeploy } from './prepare-deploy.ts';
import { publish } from './publish.ts';
import { savedPlanFile } from './saved-plan-file.ts';

interface Ended {
  readonly prepared: PreparedDeploy | undefined;
  readonly outcome: Outcome | undefined;
  readonly error: CdnpubError | undefined;
}

/**
 * A whole deploy: plan, guards, confirmation, apply. What a user can meet is in the report; only bugs are thrown.
 * `prepare` plans for other files than those of a build.
 */
export async function deploy(
  options: DeployOptions,
  prepare: () => Promise<PreparedDeploy> = () => prepareDeploy(options),
): Promise<DeployReport> {
  const { clock, signal } = options;
  const startedMs = clock.now();
  let prepared: PreparedDeploy | undefined;
  let givenUp = false;
  const end = (ended: Omit<Ended, 'prepared'>) =>
    reportOf(options, { prepared, ...ended }, Math.round((clock.now() - startedMs) / 100) / 10);
  try {
    // Nothing is written while a plan is made, so nothing is waited for either.
    prepared = await orGiveUp(prepare(), { signal, clock, afterMs: 0 });
    await options.onPlan(prepared);
    await makeReady(prepared, options);
    if (options.savePlanTo !== undefined) await savedPlanFile.write(options.savePlanTo, prepared);
    if (options.dryRun || isEmptyPlan(prepared.plan)) return end({ outcome: undefined, error: undefined });
    const onGiveUp = () => {
      givenUp = true;
    };
    const published = await orGiveUp(publish(prepared, options), { signal, clock, afterMs: graceMs, onGiveUp });
    prepared = published.prepared;
    return end({ outcome: published.outcome, error: published.outcome.error });
  } catch (error) {
    if (!(error instanceof CdnpubError)) throw error;
    return end({ outcome: givenUp ? partialOutcome(error) : undefined, error });
  } finally {
    prepared?.wired.close();
  }
}

function reportOf(options: DeployOptions, { prepared, outcome, error }: Ended, seconds: number): DeployReport {
  const distribution = distributionOf(prepared, outcome);
  return {
    dryRun: options.dryRun,
    plan: prepared?.plan,
    ...{ outcome, error, distribution, seconds },
    leftOut: prepared?.build.inventory.leftOut.map(({ path }) => path) ?? [],
    url: distribution === undefined ? null : addressOf(options.urlOf(distribution.domain), options.settings),
    requests: prepared?.wired.counts,
  };
}

function distributionOf(
  prepared: PreparedDeploy | undefined,
  outcome: Outcome | undefined,
): DeployReport['distribution'] {
  const resolved = { ...prepared?.snapshot.cdn?.resolved, ...outcome?.resolved };
  const [id, domain] = [resolved['distribution.id'], resolved['distribution.domain']];
  if (id === undefined || domain === undefined) return undefined;
  const changes = ['createDistribution', 'updateDistribution'];
  const changed = prepared?.plan.infrastructure.some(({ kind }) => changes.includes(kind)) === true;
  const seen = prepared?.snapshot.cdn?.distribution?.status ?? 'InProgress';
  return { id, domain, status: changed && outcome !== undefined ? 'InProgress' : seen };
}
