import { unknownRelease } from '../plan/rollback/choose-release.ts';
import { compareReleases } from '../plan/rollback/compare-releases.ts';
import type { ReleaseReport } from '../report/release-report.ts';
import { readLive } from './read-live.ts';
import { readRelease } from './read-release.ts';
import { type WireOptions, wire } from './wire.ts';

/** One kept release, and how it differs from the live one. Reads only. Throws `E_USAGE` where there is none of that id. */
export async function showRelease(options: WireOptions, id: string): Promise<ReleaseReport> {
  const wired = await wire(options);
  try {
    const { target, store } = wired;
    const { manifest } = await readLive(wired);
    if (manifest !== undefined && !manifest.value.releases.includes(id)) throw unknownRelease(id);
    const release = await readRelease(store, target.channel, id);
    return {
      ...{ target, release },
      live: manifest?.value.release ?? null,
      differences: compareReleases(manifest?.value, release),
    };
  } finally {
    wired.close();
  }
}
