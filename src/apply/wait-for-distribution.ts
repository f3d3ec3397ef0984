import type { Run } from './run.ts';

/** Distributions take minutes; asked every 10 s. */
const pollMs = 10_000;

/** Waits until a distribution made or changed by this run answers everywhere, where the user asked for it. */
export async function waitForDistribution(run: Run): Promise<void> {
  const { cdn, clock } = run.ports;
  const id = run.resolved['distribution.id'];
  const changed = run.plan.infrastructure.some(
    ({ kind }) => kind === 'createDistribution' || kind === 'updateDistribution',
  );
  if (!run.options.waitForDistribution || !changed || cdn === undefined || id === undefined) return;
  const end = clock.now() + run.options.waitTimeoutMs;
  for (let delay = 200; clock.now() < end; delay = Math.min(delay * 2, pollMs)) {
    if ((await cdn.status(id)) === 'Deployed') return;
    await clock.sleep(delay);
  }
  run.warnings.push(
    `distribution ${id} was not Deployed within ${run.options.waitTimeoutMs / 1000} s; it will be soon`,
  );
}
