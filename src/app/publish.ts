import { applyPlan } from '../apply/apply-plan.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ReadyPlan } from '../model/plan.ts';
import { channelKeys, siteRecordKey } from '../model/state-keys.ts';
import { destroysMore } from '../plan/destroys-more.ts';
import { applyOptions, applyPorts } from './apply-ports.ts';
import type { DeployOptions } from './deploy-options.ts';
import { dropReleases } from './drop-releases.ts';
import { makeReady } from './make-ready.ts';
import { partialOutcome } from './partial-outcome.ts';
import type { PreparedDeploy } from './prepare-deploy.ts';
import { withLock } from './with-lock.ts';

/** What publishing came to, and the plan that was carried out: not the one that was shown, if the world had moved. */
export interface Published {
  readonly prepared: PreparedDeploy;
  readonly outcome: Outcome;
}

/**
 * Carries out a confirmed plan under the channel's lock. The bucket comes first, since the lock lies in it. What was
 * planned without the lock is planned anew under it when anything stirred meanwhile.
 */
export async function publish(shown: PreparedDeploy, options: DeployOptions): Promise<Published> {
  const step = shown.plan.infrastructure.find(({ kind }) => kind === 'createBucket');
  if (step?.kind !== 'createBucket') return publishInto(shown, options);
  try {
    await shown.wired.bucket.create(step);
    return await publishInto(shown, options);
  } catch (error) {
    // Whatever it was refused for, by now there may be a bucket.
    if (!(error instanceof CdnpubError) || !(await bucketStands(shown))) throw error;
    return { prepared: shown, outcome: partialOutcome(error) };
  }
}

async function bucketStands({ wired }: PreparedDeploy): Promise<boolean> {
  try {
    return (await wired.bucket.inspect()).exists;
  } catch (error) {
    if (error instanceof CdnpubError) return false;
    throw error;
  }
}

async function publishInto(shown: PreparedDeploy, options: DeployOptions): Promise<Published> {
  const honoured = await honoursConditions(shown);
  shown.wired.useConditions(honoured);
  const carryOut = async (): Promise<Published> => {
    const prepared = (await hasStirred(shown)) ? await planAgain(shown, options) : shown;
    const outcome = await applyPlan(
      readyPlan(prepared, honoured),
      prepared.snapshot,
      applyPorts(prepared, options),
      applyOptions(options),
    );
    return { prepared, outcome: await dropReleases(prepared, outcome, options) };
  };
  if (honoured) return withLock(shown.wired, { ...options, release: shown.plan.release }, carryOut);
  const published = await carryOut();
  return { ...published, outcome: withWarning(published.outcome, unlockedWarning) };
}

const unlockedWarning =
  'this store does not honour conditional writes, so nothing keeps two deploys apart: run one at a time';

const withWarning = (outcome: Outcome, warning: string): Outcome => ({
  ...outcome,
  warnings: [...outcome.warnings, warning],
});

/** Whether the store keeps If-Match and If-None-Match, without which a lock is none: tried once, then on record. */
async function honoursConditions({ snapshot, plan, wired }: PreparedDeploy): Promise<boolean> {
  if (snapshot.site !== undefined) return snapshot.site.value.conditionalWrites !== false;
  return wired.probeConditionalWrites(channelKeys(plan.target.channel).lock);
}

/** The rest of a plan whose bucket stands by now, with what was learned of the store. */
function readyPlan({ plan }: PreparedDeploy, conditionalWrites: boolean): ReadyPlan {
  const infrastructure = plan.infrastructure
    .filter(({ kind }) => kind !== 'createBucket')
    .map((step) => ('record' in step ? { ...step, record: { ...step.record, conditionalWrites } } : step));
  return { ...plan, infrastructure, ready: true };
}

/** Whether another run was about when the snapshot was taken, or has changed the state since. */
async function hasStirred({ snapshot, plan, wired }: PreparedDeploy): Promise<boolean> {
  if (snapshot.locked || snapshot.announcements.length > 0) return true;
  const { manifest, announcements } = channelKeys(plan.target.channel);
  const [nowManifest, nowSite, open] = await Promise.all([
    wired.store.head(manifest),
    wired.store.head(siteRecordKey),
    // `0` follows `/`: everything in the folder, and nothing else.
    wired.store.list({ after: announcements, through: `${announcements.slice(0, -1)}0` }),
  ]);
  return nowManifest?.etag !== snapshot.manifestEtag || nowSite?.etag !== snapshot.site?.etag || open.length > 0;
}

/** Plans anew under the lock. The yes that was given covers it only when it destroys no more than what was shown. */
async function planAgain(shown: PreparedDeploy, options: DeployOptions): Promise<PreparedDeploy> {
  const wired = { ...shown.wired, bucketExists: true };
  const prepared = await shown.planAgain(wired);
  if (destroysMore(shown.plan, prepared.plan)) await options.onPlan(prepared);
  await makeReady(prepared, {
    ...options,
    confirm: destroysMore(shown.plan, prepared.plan) ? options.confirm : async () => true,
  });
  return prepared;
}
