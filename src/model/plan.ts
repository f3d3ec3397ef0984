import type { Asset } from './asset.ts';
import type { ErrorCode } from './error-code.ts';
import type { FieldChange, InfraStep } from './infrastructure.ts';
import type { EdgeRecord, ManifestEntry } from './manifest.ts';
import type { Target } from './target.ts';

/** What happens to one key, and why. `etag` is what the plan saw: each write is conditional on it. */
export type Change =
  | { readonly kind: 'add'; readonly asset: Asset; readonly reason: string; readonly cachedBefore: boolean }
  | {
      readonly kind: 'change';
      readonly asset: Asset;
      readonly reason: string;
      readonly etag: string;
      /** The object is not cdnpub's: overwriting it needs a yes. */
      readonly foreign: boolean;
    }
  /** Same bytes, other headers: a copy of the object onto itself. */
  | {
      readonly kind: 'headers';
      readonly asset: Asset;
      readonly reason: string;
      readonly etag: string;
      readonly foreign: boolean;
    }
  /** `recorded` is false where the record must be brought up to date although the object stays. */
  | { readonly kind: 'keep'; readonly asset: Asset; readonly entry: ManifestEntry; readonly recorded: boolean }
  /** A fingerprinted asset that the build no longer holds, kept for open tabs. `fresh`: since this deploy. */
  | { readonly kind: 'retain'; readonly entry: ManifestEntry; readonly fresh: boolean }
  | { readonly kind: 'delete'; readonly entry: ManifestEntry; readonly etag: string; readonly reason: string }
  /** A key that cdnpub published and that holds nothing of it any more: no write, but edges may still serve it. */
  | { readonly kind: 'forget'; readonly entry: Pick<ManifestEntry, 'key'>; readonly reason: string };

export type ChangeKind = Change['kind'];

/** One batch of invalidation items and what it costs. */
export interface InvalidationBatch {
  readonly part: 'main' | 'late';
  readonly items: readonly string[];
  /** Items that are billed: each counts as one path. */
  readonly billable: number;
  /** Stale objects that it reaches. */
  readonly covers: number;
  /** Unchanged objects that it throws out as well, and their bytes. */
  readonly overcovers: number;
  readonly overcoveredBytes: number;
  /** Bytes of all unchanged objects: what `/*` would throw out. */
  readonly unchangedBytes: number;
}

/** A guard that said no. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hints: readonly string[];
}

/** What makes a plan a rollback. */
export interface Rollback {
  /** Release whose files are brought back. */
  readonly to: string;
  /** Deploys are refused from then on. */
  readonly hold: boolean;
  /** They were not before. */
  readonly beginsHold: boolean;
}

/** What becomes of the late part that the last finished run left behind. */
export interface Inherited {
  /** Keys whose late change goes before everything else. */
  readonly early: readonly string[];
  /** Pointers that were left behind and change again: they are not left a second time for want of waiting. */
  readonly overdue: readonly string[];
}

/** Keyed hash of each value by key. */
export type StoreHashes = Readonly<Record<string, string>>;

/** Everything that a deploy will do, as data. Applying obeys the plan and nothing else. */
export interface Plan {
  readonly schema: 1;
  readonly target: Target;
  /** Names this run: its announcement, and the release that it makes. */
  readonly release: string;
  /** false where only an unfinished run is cleared up after: the live release stays the one it is. */
  readonly makesRelease: boolean;
  readonly previousRelease: string | null;
  /** The one before that: what was live before `previousRelease`. */
  readonly releaseBefore: string | null;
  /** Set where the previous release was a rollback: the release whose files it brought back. */
  readonly previousRolledBackTo: string | null;
  /** null for a deploy. */
  readonly rollback: Rollback | null;
  /** What runs at the edge after this plan; null without a distribution. */
  readonly edge: EdgeRecord | null;
  /** What the store holds before the late part and after it; null without a distribution. */
  readonly storeHashes: { readonly first: StoreHashes; readonly late: StoreHashes } | null;
  /** The site's id: from its record, or minted for a first deploy. */
  readonly siteId: string;
  readonly changes: readonly Change[];
  /** Edges read the cache tags of what this deploy writes. */
  readonly readsTags: boolean;
  readonly infrastructure: readonly InfraStep[];
  readonly distributionChanges: readonly FieldChange[];
  readonly invalidations: readonly InvalidationBatch[];
  readonly inherited: Inherited;
  /** Runs whose announcements this plan takes over and withdraws at its end. */
  readonly takesOver: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly string[];
  /** Needs a yes. `reasons` say for what. */
  readonly confirm: { readonly needed: boolean; readonly reasons: readonly string[] };
}

/** A plan that no guard refused and that was confirmed where it had to be. */
export type ReadyPlan = Plan & { readonly ready: true };
