import type { AwaitedInvalidation } from '../model/announcement.ts';
import type { InvalidationBatch } from '../model/plan.ts';
import type { Run } from './run.ts';
import { stillOpen } from './still-open.ts';

/** An origin fetch that began before a write was acknowledged may still be in flight: ours, longer than S3 takes. */
const quietMs = 2_000;

/** Makes edges forget what a batch names, and waits for it if told to. Answers the invalidation where it is not Completed. */
export async function invalidate(run: Run, batch: InvalidationBatch): Promise<readonly AwaitedInvalidation[]> {
  const { cdn, clock, notify } = run.ports;
  const distribution = run.resolved['distribution.id'];
  if (cdn === undefined || distribution === undefined)
    throw new Error('an invalidation was planned without a distribution');
  notify({ kind: 'started', phase: 'invalidate', total: 0, bytes: 0 });
  await clock.sleep(Math.max(0, run.lastChangeAtMs + quietMs - clock.now()));
  run.touched = true;
  const { id, completed } = await cdn.invalidate(distribution, batch.items, run.ports.randomId());
  run.invalidations.push({ id, part: batch.part });
  const open = completed ? [] : await stillOpen(run, [{ distribution, id }]);
  const detail = `${batch.items.length} ${batch.items.length === 1 ? 'path' : 'paths'}`;
  notify({ kind: 'finished', phase: 'invalidate', detail: open.length === 0 ? detail : `${detail}, in progress` });
  return open;
}
