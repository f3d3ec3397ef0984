import type { AwaitedInvalidation } from '../model/announcement.ts';
import type { Run } from './run.ts';

/** CloudFront reports most invalidations Completed within 25 s; asked every 2 s. */
const pollMs = 2_000;

/** Those of some invalidations that CloudFront does not call Completed, when they were waited for as long as is wished. */
export async function stillOpen(
  run: Run,
  invalidations: readonly AwaitedInvalidation[],
): Promise<readonly AwaitedInvalidation[]> {
  const open = [];
  for (const invalidation of invalidations) if (!(await isCompleted(run, invalidation))) open.push(invalidation);
  return open;
}

async function isCompleted(run: Run, { distribution, id }: AwaitedInvalidation): Promise<boolean> {
  const { cdn, clock } = run.ports;
  const { waitForInvalidation, waitTimeoutMs } = run.options;
  if (cdn === undefined) throw new Error('an invalidation is waited for without a distribution');
  // A pointer that changes with each build would never go up if it were left behind each time.
  if (!waitForInvalidation && run.plan.inherited.overdue.length === 0) return false;
  const end = clock.now() + waitTimeoutMs;
  for (let delay = 200; clock.now() < end; delay = Math.min(delay * 2, pollMs)) {
    await clock.sleep(delay);
    if ((await cdn.invalidation(distribution, id)).completed) return true;
  }
  run.warnings.push(`invalidation ${id} was not Completed within ${waitTimeoutMs / 1000} s`);
  return false;
}
