import { compareKeys } from '../../src/model/compare-keys.ts';
import type { Manifest, ManifestEntry } from '../../src/model/manifest.ts';

/** What the last finished deploy of the site `docs` left behind. */
export function makeManifest(entries: readonly ManifestEntry[] = [], given: Partial<Manifest> = {}): Manifest {
  const sorted = [...entries].sort((a, b) => compareKeys(a.key, b.key));
  return {
    schema: 1,
    siteId: 'abcdefghij',
    channel: 'live',
    release: 'r-20261121-090210-77ac02',
    previousRelease: null,
    finishedAt: 1_795_250_530,
    run: { user: 'ann', host: 'desk', message: null, ci: null },
    entries: new Map(sorted.map((entry) => [entry.key, entry])),
    tombstones: [],
    releases: ['r-20261121-090210-77ac02'],
    history: [],
    newestRuns: [],
    rolledBackTo: null,
    edge: null,
    store: null,
    hold: false,
    ...given,
  };
}
