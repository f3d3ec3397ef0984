import type { AssetClass } from '../../model/asset.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { RunIdentity } from '../../model/manifest.ts';
import type { Change, Refusal } from '../../model/plan.ts';
import type { Settings } from '../../model/settings.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Target } from '../../model/target.ts';

/** What the user allowed by flag. A foreign bucket only by `adopt`; another account and newer state never. */
export interface Allowed {
  readonly empty: boolean;
  readonly noIndex: boolean;
  readonly projectRoot: boolean;
  readonly secrets: boolean;
  readonly massDelete: boolean;
  readonly adopt: boolean;
  readonly older: boolean;
}

export interface GuardInput {
  readonly target: Target;
  readonly settings: Settings;
  readonly inventory: Inventory;
  readonly snapshot: Snapshot;
  readonly changes: readonly Change[];
  readonly classOf: (key: string) => AssetClass;
  readonly allowed: Allowed;
  /** Who runs this deploy. */
  readonly run: RunIdentity;
  /** How the user typed the directory, for messages. */
  readonly dirName: string;
}

/** One guard: a refusal, or undefined where it has nothing against the plan. */
export type Guard = (input: GuardInput) => Refusal | undefined;
