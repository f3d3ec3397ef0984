import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ReadyPlan } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isEmptyPlan } from '../plan/is-empty-plan.ts';
import { latePart } from '../plan/waves/late-part.ts';
import { orderWaves, type Wave } from '../plan/waves/order-waves.ts';
import { withdraw, writeAnnouncement } from './announcement.ts';
import { commit } from './commit.ts';
import { earlierInvalidations } from './earlier-invalidations.ts';
import { invalidate } from './invalidate.ts';
import { removeObjects } from './remove-objects.ts';
import type { ApplyOptions, ApplyPorts, Run } from './run.ts';
import { runInfrastructure } from './run-infrastructure.ts';
import { settleStore } from './settle-store.ts';
import { tellPhases } from './tell-phases.ts';
import { waitForDistribution } from './wait-for-distribution.ts';
import { writeObjects } from './write-objects.ts';

/**
 * Carries a plan out, wave by wave, and does nothing that is not in it. A failure ends the run after its wave and is
 * told in the outcome; only bugs are thrown.
 */
export async function applyPlan(
  plan: ReadyPlan,
  snapshot: Snapshot,
  ports: ApplyPorts,
  options: ApplyOptions,
): Promise<Outcome> {
  const run = begin(plan, snapshot, ports, options);
  if (isEmptyPlan(plan)) return outcomeOf(run, undefined);
  const phases = tellPhases(run);
  try {
    for (const wave of orderWaves(plan)) {
      phases.begin(wave);
      await runWave(run, wave);
      phases.end(wave);
    }
    await waitForDistribution(run);
    return outcomeOf(run, undefined);
  } catch (error) {
    if (!(error instanceof CdnpubError)) throw error;
    phases.fail(error);
    return outcomeOf(run, error);
  }
}

function begin(plan: ReadyPlan, snapshot: Snapshot, ports: ApplyPorts, options: ApplyOptions): Run {
  return {
    ...{ plan, snapshot, ports, options },
    ...{ written: new Map(), failed: [], invalidations: [], warnings: [] },
    resolved: snapshot.cdn?.resolved ?? {},
    uploadedBytes: 0,
    touched: false,
    committed: false,
    leavesLate: false,
    deferred: new Set(),
    awaits: [],
    announcementEtag: undefined,
    storeIsOurs: true,
    lastStoreWriteAtMs: storeTouched(snapshot) ? ports.clock.now() : Number.NEGATIVE_INFINITY,
    lastChangeAtMs: Number.NEGATIVE_INFINITY,
  };
}

async function runWave(run: Run, wave: Wave): Promise<void> {
  if (isLateWave(wave) && run.leavesLate) return;
  await runInfrastructure(run, wave.infrastructure);
  if (wave.writes.length > 0 && needsStore.has(wave.name)) await settleStore(run);
  await writeObjects(run, wave.writes);
  await removeObjects(run, wave.writes);
  await special[wave.name]?.(run);
}

const isLateWave = ({ name }: Wave): boolean => name === 'late' || name === 'invalidateLate';

/** Pages that others must find by their address, and pages that go: what the store says of them is at every edge. */
const needsStore = new Set<Wave['name']>(['changedPages', 'entryPages', 'removedPages']);

/** A run that died may have written to the store a moment ago. */
const storeTouched = ({ announcements }: Snapshot): boolean =>
  announcements.some(({ value }) => value.edge.some((name) => name.startsWith('store ')));

/** What a wave does beyond its steps and writes. */
const special: Partial<Record<Wave['name'], (run: Run) => Promise<void>>> = {
  announce: writeAnnouncement,
  invalidate: invalidateMain,
  invalidateLate,
  commit,
  withdraw,
};

/** The late part may begin only when edges have forgotten the rest; where that is not waited for, the next run does it. */
async function invalidateMain(run: Run): Promise<void> {
  const batch = run.plan.invalidations.find(({ part }) => part === 'main');
  const late = latePart(run.plan);
  const own = batch === undefined ? [] : await invalidate(run, batch);
  if (late.names.length === 0) return;
  const open = [...own, ...(await earlierInvalidations(run))];
  if (open.length === 0) return;
  run.awaits = open;
  run.leavesLate = true;
  run.deferred = new Set(late.keys);
  const changes = late.names.length === 1 ? '1 late change is' : `${late.names.length} late changes are`;
  run.warnings.push(`${changes} left to the next deploy: ${late.names.slice(0, 3).join(', ')}`);
}

async function invalidateLate(run: Run): Promise<void> {
  const batch = run.plan.invalidations.find(({ part }) => part === 'late');
  if (batch !== undefined) await invalidate(run, batch);
}

function outcomeOf(run: Run, error: CdnpubError | undefined): Outcome {
  const { failed, uploadedBytes, invalidations, resolved, warnings } = run;
  const done = run.committed ? 'live' : run.touched ? 'partial' : 'unchanged';
  return { state: done, failed, error, uploadedBytes, invalidations, resolved, warnings };
}
