import type { EdgeSecret } from '../model/edge-program.ts';
import type { InfraStep } from '../model/infrastructure.ts';
import { type Resolved, resolve } from '../model/ref.ts';
import type { SiteRecord } from '../model/site-record.ts';
import { siteRecordKey } from '../model/state-keys.ts';
import { encodeDocument } from '../plan/state/document-text.ts';
import { askForState } from './ask-for-state.ts';
import { createStore } from './create-store.ts';
import type { Run } from './run.ts';
import { settleStore } from './settle-store.ts';
import { untilDeployed } from './until-deployed.ts';
import { writeState } from './write-state.ts';
import { writeStore } from './write-store.ts';

/** Runs the infrastructure steps of one wave, one after the other: each may need what the one before it made. */
export async function runInfrastructure(run: Run, steps: readonly InfraStep[]): Promise<void> {
  for (const step of steps) {
    run.touched = true;
    await runStep(run, step);
    run.ports.notify({ kind: 'advanced', phase: phaseOf(step), name: step.kind, bytes: 0 });
  }
}

/** The phase under which people see a step. */
export const phaseOf = ({ kind }: InfraStep): 'bucket' | 'distribution' | 'edge rules' => {
  if (bucketKinds.has(kind)) return 'bucket';
  return edgeKinds.has(kind) ? 'edge rules' : 'distribution';
};

const edgeKinds = new Set<InfraStep['kind']>(['writeStore', 'updateFunction', 'updateDistribution']);

const bucketKinds = new Set<InfraStep['kind']>([
  'createBucket',
  'configureBucket',
  'closeBucket',
  'writeSiteRecord',
  'askForState',
]);

async function runStep(run: Run, step: InfraStep): Promise<void> {
  const { bucket, cdn } = run.ports;
  if (step.kind === 'createBucket') return bucket.create(step);
  if (step.kind === 'configureBucket') return bucket.configure();
  if (step.kind === 'closeBucket') return bucket.close();
  if (step.kind === 'writeSiteRecord') return writeRecord(run, step.record);
  if (step.kind === 'askForState') return askForState(run, step);
  if (step.kind === 'recordResources') return writeRecord(run, completeRecord(run, step.record));
  if (step.kind === 'putBucketPolicy') return bucket.mergePolicy(step.statements.map((s) => resolveStatement(s, run)));
  if (step.kind === 'writeStore') return writeStore(run, step);
  if (step.kind === 'updateFunction') await settleStore(run);
  if (cdn === undefined) throw new Error(`${step.kind} was planned for a site without a distribution`);
  if (step.kind === 'createStore') return createStore(run, cdn, step);
  const resolved = 'secrets' in step ? { ...run.resolved, ...revealed(run, step.secrets) } : run.resolved;
  run.resolved = { ...run.resolved, ...(await cdn.run(step, resolved)) };
  if (step.kind === 'updateDistribution' && step.wait) await untilDeployed(run, step.id);
}

/** Secrets are known to the one call that needs them. */
const revealed = ({ ports }: Run, secrets: Readonly<Record<string, EdgeSecret>>): Resolved =>
  Object.fromEntries(Object.entries(secrets).map(([hash, secret]) => [`secret.${hash}`, ports.secretValue(secret)]));

async function writeRecord(run: Run, record: SiteRecord): Promise<void> {
  const etag = run.written.get(siteRecordKey)?.etag ?? run.snapshot.site?.etag;
  const written = await writeState(run, { key: siteRecordKey, text: encodeDocument(record), etag });
  run.written.set(siteRecordKey, written);
}

function completeRecord({ resolved }: Run, record: SiteRecord): SiteRecord {
  const [id, arn, domain] = [
    resolved['distribution.id'],
    resolved['distribution.arn'],
    resolved['distribution.domain'],
  ];
  if (id === undefined || arn === undefined || domain === undefined) throw new Error('no distribution was made');
  return { ...record, distribution: { id, arn, domain }, storeArn: resolved['store.arn'] ?? null };
}

function resolveStatement(
  statement: { readonly Condition: Readonly<Record<string, object>> },
  { resolved }: Run,
): object {
  const condition = Object.entries(statement.Condition).map(([operator, values]) => [
    operator,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, resolve(value, resolved)])),
  ]);
  return { ...statement, Condition: Object.fromEntries(condition) };
}
