import type { StoredHeaders } from './asset.ts';
import type { EdgeLayout, EdgeSource } from './edge-source.ts';

/** The format number of everything kept under `.cdnpub/`. A newer one is refused, never overwritten. */
export const stateSchema = 1;

/** Who ran a deploy: enough to tell an older CI run from a newer one, and nothing secret. */
export interface RunIdentity {
  readonly user: string;
  readonly host: string;
  readonly message: string | null;
  readonly ci: CiRun | null;
}

/** A run of a workflow on somebody's CI. */
export interface CiRun {
  readonly provider: string;
  readonly repository: string;
  readonly workflow: string;
  readonly ref: string;
  readonly runNumber: number;
  readonly url: string;
  readonly commit: string;
}

/** One published object, as the last finished deploy left it. */
export interface ManifestEntry {
  readonly key: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Seconds since the epoch, by S3's clock. */
  readonly lastModified: number;
  readonly versionId: string | null;
  readonly headers: StoredHeaders;
  /** Cache tags stored with the version while the distribution was known to read them. */
  readonly tags: readonly string[];
  /** Set on an asset that the build no longer holds but open tabs may ask for: since when, seconds since the epoch. */
  readonly retainedSince: number | null;
}

/** A key that is gone, remembered because an edge or a browser may still hold a version of it. */
export interface Tombstone {
  readonly key: string;
  readonly sha256: string;
  readonly headers: StoredHeaders;
  /** Seconds since the epoch. */
  readonly deletedAt: number;
}

/** What runs before the site at the edge, so that a rollback brings it back as it was. */
export interface EdgeRecord {
  /** What its programs were made of, besides the keys. */
  readonly source: EdgeSource;
  readonly layout: EdgeLayout;
  /** What the programs that still run were made of, where the rules that this deploy drops are left to the next one. */
  readonly running: EdgeSource | null;
}

/** What is told of a release without reading it. */
export interface ReleaseHead {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly finishedAt: number;
  readonly run: RunIdentity;
  /** Release whose files a rollback brought back, or null. */
  readonly rolledBackTo: string | null;
  /** Files of the build, those kept for open tabs left out, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Files whose object has no version of its own: they cannot be brought back. */
  readonly unversioned: number;
}

/** What a finished deploy left behind: the one commit point of a channel. */
export interface Manifest {
  readonly schema: number;
  readonly siteId: string;
  readonly channel: string;
  readonly release: string;
  readonly previousRelease: string | null;
  /** Seconds since the epoch, by S3's clock where it was known. */
  readonly finishedAt: number;
  readonly run: RunIdentity;
  /** By key, in the order of the keys' UTF-8 bytes. */
  readonly entries: ReadonlyMap<string, ManifestEntry>;
  readonly tombstones: readonly Tombstone[];
  /** Ids of the releases that are kept, newest first. */
  readonly releases: readonly string[];
  /** Those of the kept releases that this cdnpub or a newer one finished, newest first. */
  readonly history: readonly ReleaseHead[];
  /** The newest CI run of each workflow and ref that ever published to the channel, whoever has published since. */
  readonly newestRuns: readonly CiRun[];
  /** Release whose files this one brought back, or null. */
  readonly rolledBackTo: string | null;
  /** null without a distribution. */
  readonly edge: EdgeRecord | null;
  /** State of the KeyValueStore, so that it never has to be listed: its ETag and a hash per key. */
  readonly store: { readonly etag: string; readonly hashes: Readonly<Record<string, string>> } | null;
  /** Deploys are refused until the site is resumed. */
  readonly hold: boolean;
}
