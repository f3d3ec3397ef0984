import type { Announcement, AwaitedInvalidation } from '../model/announcement.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Cdn } from '../model/ports.ts';
import type { Stored } from '../model/snapshot.ts';

/**
 * Ids of the invalidations which unfinished late parts wait for and that are Completed; one of a distribution that was
 * replaced since holds nothing back. Who may not ask waits on.
 */
export async function completedInvalidations(
  cdn: Cdn | undefined,
  announcements: readonly Stored<Announcement>[],
  distributionId: string | undefined,
): Promise<ReadonlySet<string>> {
  const awaited = announcements.flatMap(({ value }) => value.awaits);
  const isDone = async ({ distribution, id }: AwaitedInvalidation): Promise<boolean> =>
    distribution !== distributionId || (await cdn?.invalidation(distribution, id).catch(orOpen))?.completed === true;
  const done = await Promise.all(awaited.map(isDone));
  return new Set(awaited.filter((_, at) => done[at] === true).map(({ id }) => id));
}

function orOpen(error: unknown): undefined {
  if (error instanceof CdnpubError && error.code === 'E_PERMISSION') return undefined;
  throw error;
}
