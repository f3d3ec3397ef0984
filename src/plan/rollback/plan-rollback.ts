import type { Manifest } from '../../model/manifest.ts';
import type { Plan } from '../../model/plan.ts';
import type { Allowed } from '../guards/guard.ts';
import { type PlanInput, planDeploy } from '../plan-deploy.ts';
import { tellRollback } from './tell-rollback.ts';

export interface RollbackInput extends Omit<PlanInput, 'allowed' | 'dirName' | 'warnings'> {
  /** The release to go back to; `inventory` is made of it. */
  readonly release: Manifest;
  /** Whether deploys are refused from then on. A hold that stands stays. */
  readonly hold: boolean;
}

/**
 * Everything that going back to a kept release would do: the plan of a deploy whose files are that release's. Guards
 * that judge a build have nothing to say of one that was live already; a hold keeps deploys away, not rollbacks.
 */
export function planRollback({ release, hold, ...input }: RollbackInput): Plan {
  const plan = planDeploy({ ...input, allowed, dirName: release.release, warnings: [] });
  const { manifest } = input.snapshot;
  const held = manifest?.hold === true;
  const told = tellRollback(manifest);
  const beginsHold = hold && !held;
  return {
    ...plan,
    makesRelease: plan.makesRelease || beginsHold,
    warnings: plan.warnings.filter((warning) => !told.includes(warning)),
    refusals: plan.refusals.filter(({ code }) => code !== 'E_HELD'),
    rollback: { to: release.release, hold: hold || held, beginsHold },
  };
}

const allowed: Allowed = {
  empty: true,
  noIndex: true,
  projectRoot: true,
  secrets: true,
  massDelete: true,
  adopt: false,
  older: true,
};
