import type { Manifest } from '../model/manifest.ts';
import { channelKeys } from '../model/state-keys.ts';
import { releaseHead } from '../plan/rollback/release-head.ts';
import { encodeManifest } from '../plan/state/manifest-text.ts';
import { completeRelease } from '../plan/state/record-deferred.ts';
import type { Run } from './run.ts';
import { writeState } from './write-state.ts';

/**
 * Writes into each kept release whose late part this run has done which versions it came to, so that it can be gone back
 * to. Answers the manifest, whose history tells that too.
 */
export async function completeReleases(run: Run, manifest: Manifest): Promise<Manifest> {
  const { store, readManifest } = run.ports;
  const heads = new Map(manifest.history.map((head) => [head.id, head]));
  const left = run.snapshot.announcements.filter(({ value }) => value.awaits.length > 0);
  for (const id of left.map(({ value }) => value.release).filter((one) => manifest.releases.includes(one))) {
    const key = channelKeys(manifest.channel).release(id);
    const found = await store.read(key);
    const release = found && readManifest(found.bytes);
    const completed = release && completeRelease(release, manifest);
    if (found === undefined || completed === undefined || completed === release) continue;
    await writeState(run, { key, text: encodeManifest(completed), etag: found.etag, compress: true });
    heads.set(id, releaseHead(completed));
  }
  return { ...manifest, history: manifest.history.map((head) => heads.get(head.id) ?? head) };
}
