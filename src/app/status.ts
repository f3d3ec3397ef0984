import { CdnpubError } from '../model/cdnpub-error.ts';
import { compareKeys } from '../model/compare-keys.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { configuredHeaders } from '../plan/headers/configured-headers.ts';
import { isAsRecorded } from '../plan/objects/recorded.ts';
import type { StatusReport } from '../report/status-report.ts';
import { addressOf } from './address-of.ts';
import { cdnNames } from './cdn-names.ts';
import { digest } from './digest.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { nothingFound, verifyObjects } from './verify-objects.ts';
import { type Wired, type WireOptions, wire } from './wire.ts';

export interface StatusOptions extends WireOptions {
  /** Whether every object's headers and checksum are read, beyond what a listing tells. */
  readonly verify: boolean;
  readonly urlOf: (domain: string) => string;
}

/** What is live, and what was changed behind cdnpub's back. Reads only. Throws `E_CONFIG` where nothing was published. */
export async function status(options: StatusOptions): Promise<StatusReport> {
  const wired = await wire(options);
  const { settings, concurrency, urlOf } = options;
  try {
    const snapshot = await takeSnapshot({
      ...{ wired, concurrency, assets: [], md5: async () => '' },
      names: (record) =>
        cdnNames(
          record ?? { site: settings.site, siteId: 'none', generation: 1, distribution: null },
          { policy: configuredHeaders(settings), origins: [] },
          // Of other servers nothing is compared here.
          { digest, hash: () => '' },
        ),
    });
    if (snapshot.site === undefined) throw notPublished(wired.target.bucket, settings.site);
    const domain = snapshot.cdn?.resolved['distribution.domain'];
    return {
      target: wired.target,
      release: snapshot.manifest?.release ?? null,
      previousRelease: snapshot.manifest?.previousRelease ?? null,
      rolledBackTo: snapshot.manifest?.rolledBackTo ?? null,
      hold: snapshot.manifest?.hold ?? false,
      verified: options.verify,
      finishedAt: snapshot.manifest?.finishedAt ?? null,
      run: snapshot.manifest?.run ?? null,
      url: domain === undefined ? null : addressOf(urlOf(domain), settings),
      distribution: describeDistribution(snapshot, domain),
      ...(await judgeObjects(options, wired, snapshot)),
      unfinished: snapshot.announcements.map(({ value }) => value.run),
    };
  } finally {
    wired.close();
  }
}

function describeDistribution({ cdn }: Snapshot, domain: string | undefined): StatusReport['distribution'] {
  if (cdn?.distribution === undefined || domain === undefined) return null;
  const { id, status, enabled } = cdn.distribution;
  return { id, domain, status, enabled };
}

type Judged = Pick<StatusReport, 'files' | 'bytes' | 'missing' | 'drifted' | 'foreign' | 'headers'>;

/** How the objects stand to the record: as LIST tells them and, where it is asked for, as each one tells itself. */
async function judgeObjects({ verify, concurrency }: StatusOptions, wired: Wired, snapshot: Snapshot): Promise<Judged> {
  const counted = countObjects(snapshot);
  const entries = [...(snapshot.manifest?.entries.values() ?? [])];
  const found = verify ? await verifyObjects(wired.store, entries, concurrency) : nothingFound;
  const sorted = (keys: readonly string[]) => [...new Set(keys)].sort(compareKeys);
  return {
    ...counted,
    missing: sorted([...counted.missing, ...found.missing]),
    drifted: sorted([...counted.drifted, ...found.drifted]),
    headers: sorted(found.headers),
  };
}

/** How the objects stand to the record: ETag, size and LastModified, as LIST tells them. */
function countObjects({ manifest, objects }: Snapshot): Omit<Judged, 'headers'> {
  const entries = [...(manifest?.entries.values() ?? [])];
  const missing = entries.filter(({ key }) => !objects.has(key)).map(({ key }) => key);
  const drifted = entries.filter((entry) => {
    const object = objects.get(entry.key);
    return object !== undefined && !isAsRecorded(entry, object);
  });
  return {
    files: entries.length,
    bytes: entries.reduce((sum, { size }) => sum + size, 0),
    missing,
    drifted: drifted.map(({ key }) => key),
    foreign: [...objects.keys()].filter((key) => !manifest?.entries.has(key)).length,
  };
}

/** A site that is asked about and was never deployed. */
export const notPublished = (bucket: string, site: string): CdnpubError =>
  new CdnpubError('E_CONFIG', {
    message: `${site} has not been published yet: there is no site record in bucket ${bucket}`,
    hints: ['cdnpub deploy DIR', '--site NAME or --bucket NAME where the site goes by another name'],
  });
