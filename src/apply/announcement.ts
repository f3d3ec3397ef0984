import { channelKeys } from '../model/state-keys.ts';
import { keyOf } from '../plan/objects/diff-objects.ts';
import { announce } from '../plan/state/announce.ts';
import { encodeDocument } from '../plan/state/document-text.ts';
import { latePart } from '../plan/waves/late-part.ts';
import { removeImport } from './create-store.ts';
import type { Run } from './run.ts';
import { serverMs } from './server-ms.ts';
import { writeState } from './write-state.ts';

/** Writes down what is about to change, before the first change. */
export async function writeAnnouncement(run: Run): Promise<void> {
  run.touched = true;
  await writeOwn(run, run.plan);
}

/**
 * The deploy is recorded: its announcement, and those it took over, have nothing more to tell. Where a late part is
 * left to the next run, the announcement goes on telling of that alone.
 */
export async function withdraw(run: Run): Promise<void> {
  const keys = channelKeys(run.plan.target.channel);
  const others = run.snapshot.announcements.map(({ value, etag }) => ({ key: keys.announcement(value.run), etag }));
  const own = { key: keys.announcement(run.plan.release), etag: run.announcementEtag ?? '' };
  const pending = run.leavesLate;
  if (run.snapshot.announcements.some(({ value }) => value.edge.includes('import'))) await removeImport(run);
  if (pending) {
    const changes = run.plan.changes.filter((change) => run.deferred.has(keyOf(change)));
    await writeOwn(run, { ...run.plan, changes, infrastructure: latePart(run.plan).steps });
  }
  const ended = pending ? others : [own, ...others];
  const failures = ended.length === 0 ? [] : await run.ports.store.remove(ended);
  if (failures.length === 0) return;
  run.warnings.push('the announcement of this deploy could not be withdrawn; the next deploy reads its files back');
}

async function writeOwn(run: Run, plan: Run['plan']): Promise<void> {
  const { ports } = run;
  const key = channelKeys(plan.target.channel).announcement(plan.release);
  const announcement = announce(plan, Math.floor(serverMs(ports) / 1000), ports.digest);
  const text = encodeDocument({ ...announcement, awaits: run.awaits });
  run.announcementEtag = (await writeState(run, { key, text, etag: run.announcementEtag })).etag;
}
