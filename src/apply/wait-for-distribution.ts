import { becomesDeployed } from './becomes-deployed.ts';
import type { Run } from './run.ts';

/** Waits until a distribution made or changed by this run answers everywhere, where the user asked for it. */
export async function waitForDistribution(run: Run): Promise<void> {
  const id = run.resolved['distribution.id'];
  const changed = run.plan.infrastructure.some(
    ({ kind }) => kind === 'createDistribution' || kind === 'updateDistribution',
  );
  if (!run.options.waitForDistribution || !changed || id === undefined || (await becomesDeployed(run, id))) return;
  run.warnings.push(
    `distribution ${id} was not Deployed within ${run.options.waitTimeoutMs / 1000} s; it will be soon`,
  );
}
