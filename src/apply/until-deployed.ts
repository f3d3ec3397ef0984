import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Run } from './run.ts';

/** Distributions take minutes; asked every 10 s, more often at first. */
const pollMs = 10_000;

/** Waits until every edge has the distribution as it is now. Throws `E_TIMEOUT`: what comes next relies on it. */
export async function untilDeployed({ ports: { cdn, clock }, options }: Run, id: string): Promise<void> {
  if (cdn === undefined) throw new Error('a distribution is waited for on a site without one');
  const end = clock.now() + options.waitTimeoutMs;
  for (let delay = 200; clock.now() < end; delay = Math.min(delay * 2, pollMs)) {
    if ((await cdn.status(id)) === 'Deployed') return;
    await clock.sleep(delay);
  }
  throw new CdnpubError('E_TIMEOUT', {
    message: `distribution ${id} was not Deployed within ${options.waitTimeoutMs / 1000} s, and new pages need it`,
    hints: ['run the same command again: it goes on from here'],
  });
}
