import type { InfraStep } from '../model/infrastructure.ts';
import type { Cdn } from '../model/ports.ts';
import { storeImportKey } from '../model/state-keys.ts';
import { importText } from '../plan/edge/first-load.ts';
import type { Run } from './run.ts';
import { writeState } from './write-state.ts';

type Step = Extract<InfraStep, { kind: 'createStore' }>;

/**
 * Makes the site's store. What it is to be made with lies in the bucket while CloudFront reads it; a store that was there
 * already, of a run that died or by a reply that was lost, is written to instead.
 */
export async function createStore(run: Run, cdn: Cdn, step: Step): Promise<void> {
  const { load } = step;
  const file = load === null ? undefined : await putFile(run, load.keys);
  const made = await cdn.run(step, run.resolved);
  run.resolved = { ...run.resolved, ...made };
  if (load === null || file === undefined) return;
  const { data, clock } = run.ports;
  const arn = made['store.arn'];
  if (data === undefined || arn === undefined) throw new Error('a store was made and cannot be written to');
  const puts = new Map(Object.entries(load.keys));
  const isLoaded = made['store.loaded'] === 'yes';
  const { etag } = await (isLoaded ? data.describe(arn) : data.write({ arn, etag: undefined, puts, deletes: [] }));
  run.resolved = { ...run.resolved, 'store.etag': etag };
  run.lastStoreWriteAtMs = clock.now();
  await removeFile(run, file.etag);
}

/** Deletes the file that a run which died may have left. */
export async function removeImport(run: Run): Promise<void> {
  const left = await run.ports.store.head(storeImportKey);
  if (left !== undefined) await removeFile(run, left.etag);
}

async function putFile(run: Run, keys: Readonly<Record<string, string>>): Promise<{ readonly etag: string }> {
  const left = await run.ports.store.head(storeImportKey);
  return writeState(run, { key: storeImportKey, text: importText(keys), etag: left?.etag });
}

async function removeFile(run: Run, etag: string): Promise<void> {
  const failures = await run.ports.store.remove([{ key: storeImportKey, etag }]);
  if (failures.length > 0) run.warnings.push(`${storeImportKey} is needed no more and could not be deleted`);
}
