import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Manifest } from '../model/manifest.ts';
import { channelKeys } from '../model/state-keys.ts';
import { isWrite } from '../plan/change-summary.ts';
import { keyOf } from '../plan/objects/diff-objects.ts';
import { listRanges } from '../plan/objects/list-ranges.ts';
import { encodeManifest } from '../plan/state/manifest-text.ts';
import { nextManifest, type WrittenObject } from '../plan/state/next-manifest.ts';
import { recordDeferred } from '../plan/state/record-deferred.ts';
import { completeReleases } from './complete-releases.ts';
import type { Run } from './run.ts';
import { serverMs } from './server-ms.ts';
import { writeState } from './write-state.ts';

/**
 * The one commit point: release, then manifest. Before it this release never happened, after it the deploy is done. Where
 * nothing was done but to clear up, the manifest goes on telling of the same release.
 */
export async function commit(run: Run): Promise<void> {
  const { plan, snapshot, options } = run;
  const keys = channelKeys(plan.target.channel);
  const next = nextManifest({
    plan,
    previous: snapshot.manifest,
    written: await confirmWritten(run),
    deferred: run.deferred,
    leavesLate: run.leavesLate,
    storeEtag: run.resolved['store.etag'],
    run: options.run,
    now: Math.floor(serverMs(run.ports) / 1000),
    releases: options.keptReleases,
  });
  const { manifest, release } = recordDeferred(await completeReleases(run, next), plan, run.deferred);
  const write = (key: string, record: Manifest, etag: string | undefined) =>
    writeState(run, { key, text: encodeManifest(record), etag, compress: true });
  if (plan.makesRelease) await write(keys.release(plan.release), release, undefined);
  await write(keys.manifest, manifest, snapshot.manifestEtag);
  run.committed = true;
}

/**
 * A PUT's reply has no LastModified, so the written ranges are listed once; an ETag there that is not ours stops the
 * deploy before it is recorded.
 */
async function confirmWritten(run: Run): Promise<ReadonlyMap<string, WrittenObject>> {
  const written = new Set(
    run.plan.changes
      .filter((change) => isWrite(change) && change.kind !== 'delete' && !run.deferred.has(keyOf(change)))
      .map(keyOf),
  );
  const listed = await Promise.all(
    listRanges(run.plan.changes.map(keyOf), written).map((range) => run.ports.store.list(range)),
  );
  const found = new Map(listed.flat().map((object) => [object.key, object]));
  return new Map(
    [...written].map((key) => {
      const ours = run.written.get(key);
      const there = found.get(key);
      if (ours === undefined) throw new Error(`${key} was planned and never written`);
      if (there === undefined || there.etag !== ours.etag) throw overwritten(key);
      return [key, { ...ours, lastModified: there.lastModified }] as const;
    }),
  );
}

const overwritten = (key: string): CdnpubError =>
  new CdnpubError('E_STALE', {
    message: `${key} was changed by somebody else during this deploy`,
    hints: ['run the same command again: it plans anew'],
  });
