import type { AwaitedInvalidation } from '../model/announcement.ts';
import type { Run } from './run.ts';
import { stillOpen } from './still-open.ts';

/**
 * Invalidations that earlier runs left with a late part and that are not Completed, though waited for: a removed file
 * must stay until no edge holds a page that asks for it, whichever run removes it. A distribution that was replaced
 * since holds nothing.
 */
export async function earlierInvalidations(run: Run): Promise<readonly AwaitedInvalidation[]> {
  const { cdn } = run.ports;
  const current = run.resolved['distribution.id'];
  const open = [];
  for (const invalidation of run.snapshot.announcements.flatMap(({ value }) => value.awaits)) {
    const { distribution, id } = invalidation;
    if (run.snapshot.completed.has(id)) continue;
    if (distribution === current && (await cdn?.invalidation(distribution, id))?.completed === false)
      open.push(invalidation);
  }
  return stillOpen(run, open);
}
