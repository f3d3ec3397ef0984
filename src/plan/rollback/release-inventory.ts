import type { AssetClass, ReleasedAsset } from '../../model/asset.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Manifest } from '../../model/manifest.ts';
import { releasedEntries } from './released-entries.ts';

/** A kept release in the place of a build: its entries are the files, and their versions are where the bytes lie. */
export const releaseInventory = (release: Manifest, classOf: (key: string) => AssetClass): ReleaseInventory => ({
  root: '',
  assets: releasedEntries(release).map(({ key, size, sha256, headers, etag, versionId }) => ({
    ...{ key, size, sha256, headers, etag, versionId },
    source: key,
    class: classOf(key),
  })),
  leftOut: [],
  ruleFiles: { headers: null, redirects: null },
  secrets: [],
  project: { signs: [], probableBuild: null },
});

export interface ReleaseInventory extends Inventory {
  readonly assets: readonly ReleasedAsset[];
}
