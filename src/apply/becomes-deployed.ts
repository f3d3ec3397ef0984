import type { Run } from './run.ts';

/** Distributions take minutes; asked every 10 s, more often at first. */
const pollMs = 10_000;

/** Waits until every edge has the distribution as it is now; false where the time that was given for it is over first. */
export async function becomesDeployed({ ports: { cdn, clock }, options }: Run, id: string): Promise<boolean> {
  if (cdn === undefined) throw new Error('a distribution is waited for on a site without one');
  const end = clock.now() + options.waitTimeoutMs;
  for (let delay = 200; clock.now() < end; delay = Math.min(delay * 2, pollMs)) {
    if ((await cdn.status(id)) === 'Deployed') return true;
    await clock.sleep(delay);
  }
  return false;
}
