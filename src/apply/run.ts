import type { AwaitedInvalidation } from '../model/announcement.ts';
import type { Asset } from '../model/asset.ts';
import type { Digest } from '../model/digest.ts';
import type { EdgeSecret } from '../model/edge-program.ts';
import type { Manifest, RunIdentity } from '../model/manifest.ts';
import type { FailedItem, MadeInvalidation } from '../model/outcome.ts';
import type { ReadyPlan } from '../model/plan.ts';
import type { Body, BucketAdmin, Cdn, Clock, ObjectStore, PublicAnswer, StoreData } from '../model/ports.ts';
import type { Notify } from '../model/progress.ts';
import type { Resolved } from '../model/ref.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What an asset's file gave when it was opened for upload. */
export type AssetBody = Body | { readonly kind: 'changed' } | { readonly kind: 'vanished' };

/** The world that a plan is applied to. */
export interface ApplyPorts {
  readonly store: ObjectStore;
  readonly bucket: BucketAdmin;
  /** undefined where the site has no distribution. */
  readonly cdn: Cdn | undefined;
  /** The same. */
  readonly data: StoreData | undefined;
  /** What the store holds of a secret. */
  readonly secretValue: (secret: EdgeSecret) => string;
  readonly clock: Clock;
  /** Asks a distribution for a path as anybody would. */
  readonly readPublicly: (
    domain: string,
    path: string,
  ) => Promise<{ readonly url: string; readonly answer: PublicAnswer | undefined }>;
  readonly openAsset: (asset: Asset) => Promise<AssetBody>;
  readonly gzip: (text: string) => Uint8Array;
  /** The manifest or release that an object's bytes hold; undefined where they are garbled. */
  readonly readManifest: (bytes: Uint8Array) => Manifest | undefined;
  readonly digest: Digest;
  readonly digestBytes: (bytes: Uint8Array) => string;
  readonly randomId: () => string;
  readonly notify: Notify;
}

export interface ApplyOptions {
  /** Requests in flight at most. */
  readonly concurrency: number;
  /** Whether to wait for the last invalidation and, when asked for by name, for a new distribution. */
  readonly waitForInvalidation: boolean;
  readonly waitForDistribution: boolean;
  readonly waitTimeoutMs: number;
  readonly run: RunIdentity;
  readonly keptReleases: number;
}

/** One run of a plan: what it may use, and what it has done so far. Only `src/apply/` changes it. */
export interface Run {
  readonly plan: ReadyPlan;
  readonly snapshot: Snapshot;
  readonly ports: ApplyPorts;
  readonly options: ApplyOptions;
  readonly written: Map<string, { readonly etag: string; readonly versionId: string | null }>;
  readonly failed: FailedItem[];
  readonly invalidations: MadeInvalidation[];
  readonly warnings: string[];
  resolved: Resolved;
  uploadedBytes: number;
  /** Something was sent that changed the world; until then a failure leaves the state unchanged. */
  touched: boolean;
  committed: boolean;
  /** The late part is left to the next run, because the wait that must come before it was not made. */
  leavesLate: boolean;
  /** Keys whose change is left. */
  deferred: ReadonlySet<string>;
  /** Invalidations that the deferred changes wait for. */
  awaits: readonly AwaitedInvalidation[];
  /** ETag of this run's announcement, once written. */
  announcementEtag: string | undefined;
  /** Nobody else wrote to the store since it was looked at. */
  storeIsOurs: boolean;
  /** When the last write to the site's store was acknowledged, milliseconds since the epoch. */
  lastStoreWriteAtMs: number;
  /** When the last overwrite or delete was acknowledged, milliseconds since the epoch. */
  lastChangeAtMs: number;
}
