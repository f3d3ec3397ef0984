import { CdnpubError } from '../model/cdnpub-error.ts';
import type { ReleaseHead } from '../model/manifest.ts';
import type { ObjectStore } from '../model/ports.ts';
import { channelKeys } from '../model/state-keys.ts';
import { releaseHead } from '../plan/rollback/release-head.ts';
import type { ListedRelease, ReleasesReport } from '../report/releases-report.ts';
import { readLive } from './read-live.ts';
import { findRelease } from './read-release.ts';
import { type Wired, type WireOptions, wire } from './wire.ts';

/** The kept releases, newest first, and whether each can be gone back to. Reads only. Throws `E_CONFIG` where nothing was published. */
export async function listReleases(options: WireOptions): Promise<ReleasesReport> {
  const wired = await wire(options);
  try {
    const { manifest } = await readLive(wired);
    const stored = await storedIds(wired);
    // Without a manifest every record that is there may be a release.
    const ids = manifest?.value.releases ?? stored.toSorted().reverse();
    const known = new Map(manifest?.value.history.map((head) => [head.id, head]));
    const releases: ListedRelease[] = [];
    for (const id of ids) {
      const recorded = stored.includes(id);
      const head = known.get(id) ?? (recorded ? await readHead(wired.store, wired.target.channel, id) : undefined);
      releases.push({ id, head, recorded, live: id === manifest?.value.release });
    }
    return { target: wired.target, hold: manifest?.value.hold ?? false, releases };
  } finally {
    wired.close();
  }
}

async function storedIds({ store, target }: Wired): Promise<readonly string[]> {
  const folder = channelKeys(target.channel).release('');
  // `0` follows `/`: everything in the folder, and nothing else.
  const listed = await store.list({ after: folder, through: `${folder.slice(0, -1)}0` });
  return listed.map(({ key }) => key.slice(folder.length));
}

/** What an early cdnpub, or a lost manifest, did not leave at hand; undefined where the record is garbled. */
async function readHead(store: ObjectStore, channel: string, id: string): Promise<ReleaseHead | undefined> {
  try {
    const release = await findRelease(store, channel, id);
    return release === undefined ? undefined : releaseHead(release.value);
  } catch (error) {
    if (error instanceof CdnpubError && error.code === 'E_STALE') return undefined;
    throw error;
  }
}
