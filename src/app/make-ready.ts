import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Plan } from '../model/plan.ts';
import { isEmptyPlan } from '../plan/is-empty-plan.ts';
import type { SavedPlan } from '../plan/saved/describe-plan.ts';
import { refuseStale } from '../plan/saved/refuse-stale.ts';
import type { PreparedDeploy } from './prepare-deploy.ts';
import { savedPlan } from './saved-plan-file.ts';

/**
 * Lets a plan through when no guard refused it, it is the one that was saved, if any, and the user said yes where that is
 * needed. A dry run needs no yes.
 */
export async function makeReady(
  prepared: PreparedDeploy,
  {
    dryRun,
    confirm,
    saved,
  }: {
    readonly dryRun: boolean;
    readonly confirm: (prepared: PreparedDeploy) => Promise<boolean>;
    readonly saved?: SavedPlan | undefined;
  },
): Promise<void> {
  const { plan } = prepared;
  const [refusal] = plan.refusals;
  if (refusal !== undefined) throw new CdnpubError(refusal.code, refusal);
  if (saved !== undefined) refuseStale(saved, savedPlan(prepared));
  if (dryRun || !plan.confirm.needed || isEmptyPlan(plan)) return;
  if (!(await confirm(prepared))) throw notConfirmed(plan);
}

const notConfirmed = (plan: Plan): CdnpubError =>
  new CdnpubError('E_CONFIRM', {
    message: `this deploy ${plan.confirm.reasons.join(' and ')}, and that was not confirmed`,
    hints: ['--yes', '--dry-run shows the plan'],
  });
