import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Outcome } from '../model/outcome.ts';
import type { InvalidationBatch, ReadyPlan } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { channelKeys } from '../model/state-keys.ts';
import { isEmptyPlan } from '../plan/is-empty-plan.ts';
import { announce } from '../plan/state/announce.ts';
import { encodeDocument } from '../plan/state/document-text.ts';
import { orderWaves, type Wave } from '../plan/waves/order-waves.ts';
import { commit } from './commit.ts';
import { invalidate } from './invalidate.ts';
import { removeObjects } from './remove-objects.ts';
import type { ApplyOptions, ApplyPorts, Run } from './run.ts';
import { runInfrastructure } from './run-infrastructure.ts';
import { tellPhases } from './tell-phases.ts';
import { waitForDistribution } from './wait-for-distribution.ts';
import { writeObjects } from './write-objects.ts';
import { writeState } from './write-state.ts';

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
    announcementEtag: undefined,
    lastChangeAtMs: Number.NEGATIVE_INFINITY,
  };
}

async function runWave(run: Run, wave: Wave): Promise<void> {
  await runInfrastructure(run, wave.infrastructure);
  await writeObjects(run, wave.writes);
  await removeObjects(run, wave.writes);
  await special[wave.name]?.(run);
}

/** What a wave does beyond its steps and writes. */
const special: Partial<Record<Wave['name'], (run: Run) => Promise<void>>> = {
  announce: writeAnnouncement,
  invalidate: (run) => invalidatePart(run, 'main'),
  invalidateLate: (run) => invalidatePart(run, 'late'),
  commit,
  withdraw,
};

async function writeAnnouncement(run: Run): Promise<void> {
  const { plan, ports } = run;
  const key = channelKeys(plan.target.channel).announcement(plan.release);
  const text = encodeDocument(announce(plan, Math.floor(ports.clock.now() / 1000), ports.digest));
  run.touched = true;
  run.announcementEtag = (await writeState(run, { key, text, etag: undefined })).etag;
}

async function invalidatePart(run: Run, part: InvalidationBatch['part']): Promise<void> {
  const batch = run.plan.invalidations.find((candidate) => candidate.part === part);
  if (batch === undefined) return;
  const lateFollows =
    part === 'main' && orderWaves(run.plan).some(({ name, writes }) => name === 'late' && writes.length > 0);
  await invalidate(run, batch, lateFollows ? 'needed' : run.options.waitForInvalidation ? 'wished' : 'no');
}

/** The deploy is recorded: its announcement, and those it took over, have nothing more to tell. */
async function withdraw(run: Run): Promise<void> {
  const keys = channelKeys(run.plan.target.channel);
  const own = { key: keys.announcement(run.plan.release), etag: run.announcementEtag ?? '' };
  const others = run.snapshot.announcements.map(({ value, etag }) => ({ key: keys.announcement(value.run), etag }));
  const failures = await run.ports.store.remove([own, ...others]);
  if (failures.length > 0)
    run.warnings.push('the announcement of this deploy could not be withdrawn; the next deploy reads its files back');
}

function outcomeOf(run: Run, error: CdnpubError | undefined): Outcome {
  const { failed, uploadedBytes, invalidations, resolved, warnings } = run;
  const done = run.committed ? 'live' : run.touched ? 'partial' : 'unchanged';
  return { state: done, failed, error, uploadedBytes, invalidations, resolved, warnings };
}
