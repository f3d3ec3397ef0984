import type { InvalidationBatch } from '../model/plan.ts';
import type { Cdn } from '../model/ports.ts';
import type { Run } from './run.ts';

/** An origin fetch that began before a write was acknowledged may still be in flight: ours, longer than S3 takes. */
const quietMs = 2_000;
/** CloudFront reports most invalidations Completed within 25 s; asked every 2 s. */
const pollMs = 2_000;

/** Makes edges forget what a batch names, and waits for it if told to. Answers whether CloudFront said Completed. */
export async function invalidate(
  run: Run,
  batch: InvalidationBatch,
  { waits }: { readonly waits: boolean },
): Promise<boolean> {
  const { cdn, clock, notify } = run.ports;
  const distributionId = run.resolved['distribution.id'];
  if (cdn === undefined || distributionId === undefined)
    throw new Error('an invalidation was planned without a distribution');
  notify({ kind: 'started', phase: 'invalidate', total: 0, bytes: 0 });
  await clock.sleep(Math.max(0, run.lastChangeAtMs + quietMs - clock.now()));
  run.touched = true;
  const made = await cdn.invalidate(distributionId, batch.items, run.ports.randomId());
  run.invalidations.push({ id: made.id, part: batch.part });
  const completed = made.completed || (waits && (await waitFor(run, { cdn, distributionId, id: made.id })));
  const detail = `${batch.items.length} ${batch.items.length === 1 ? 'path' : 'paths'}`;
  notify({ kind: 'finished', phase: 'invalidate', detail: completed ? detail : `${detail}, in progress` });
  return completed;
}

async function waitFor(
  run: Run,
  wait: { readonly cdn: Cdn; readonly distributionId: string; readonly id: string },
): Promise<boolean> {
  const { clock } = run.ports;
  const end = clock.now() + run.options.waitTimeoutMs;
  for (let delay = 200; clock.now() < end; delay = Math.min(delay * 2, pollMs)) {
    await clock.sleep(delay);
    if ((await wait.cdn.invalidation(wait.distributionId, wait.id)).completed) return true;
  }
  run.warnings.push(`invalidation ${wait.id} was not Completed within ${run.options.waitTimeoutMs / 1000} s`);
  return false;
}
