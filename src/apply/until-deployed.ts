import { CdnpubError } from '../model/cdnpub-error.ts';
import { becomesDeployed } from './becomes-deployed.ts';
import type { Run } from './run.ts';

/** Waits until every edge has the distribution as it is now. Throws `E_TIMEOUT`: what comes next relies on it. */
export async function untilDeployed(run: Run, id: string): Promise<void> {
  if (await becomesDeployed(run, id)) return;
  throw new CdnpubError('E_TIMEOUT', {
    message: `distribution ${id} was not Deployed within ${run.options.waitTimeoutMs / 1000} s, and new pages need it`,
    hints: ['run the same command again: it goes on from here'],
  });
}
