import type { Asset } from '../model/asset.ts';
import type { CdnNames } from '../model/ports.ts';
import type { SiteRecord } from '../model/site-record.ts';
import type { Wired } from './wire.ts';

/** What looking at a site needs to know. */
export interface SnapshotRequest {
  readonly wired: Wired;
  /** The build; its keys cut the bucket into ranges that are listed at once. */
  readonly assets: readonly Asset[];
  /** MD5 of an asset's file in hex, for objects whose store kept no SHA-256. */
  readonly md5: (asset: Asset) => Promise<string>;
  /** Names to look a site's resources up by, from its record. */
  readonly names: (record: SiteRecord | undefined) => CdnNames;
  readonly concurrency: number;
}
