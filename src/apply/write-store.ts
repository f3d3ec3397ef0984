import type { InfraStep } from '../model/infrastructure.ts';
import { resolve } from '../model/ref.ts';
import type { Run } from './run.ts';

/** Writes the planned keys to the site's store, over what the plan saw or the step before left. */
export async function writeStore(run: Run, step: Extract<InfraStep, { kind: 'writeStore' }>): Promise<void> {
  const { data, secretValue, clock } = run.ports;
  if (data === undefined) throw new Error('a store was planned for a site without a distribution');
  const secrets = Object.entries(step.secrets).map(([key, secret]) => [key, secretValue(secret)] as const);
  const { etag, alone } = await data.write({
    arn: resolve(step.storeArn, run.resolved),
    etag: run.resolved['store.etag'] || undefined,
    puts: new Map([...Object.entries(step.puts), ...secrets]),
    deletes: step.deletes,
  });
  run.storeIsOurs &&= alone;
  run.resolved = { ...run.resolved, 'store.etag': run.storeIsOurs ? etag : '' };
  run.lastStoreWriteAtMs = clock.now();
}
