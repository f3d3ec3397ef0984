import type { Manifest, ManifestEntry } from '../../model/manifest.ts';
import type { ObjectVersionName } from '../../model/ports.ts';
import type { RemoteObject } from '../../model/snapshot.ts';

interface Kept {
  /** What was just finished. */
  readonly manifest: Manifest;
  /** The releases that are kept. */
  readonly releases: Iterable<Manifest>;
  /** The site's objects before this deploy, and the keys that it deleted. */
  readonly objects: ReadonlyMap<string, RemoteObject>;
  readonly deleted: ReadonlySet<string>;
}

/**
 * Versions that dropped releases name and nothing kept does. One that may be what the bucket serves now is not among
 * them, nor is `null`, which is whatever was written while the bucket kept no versions.
 */
export function unnamedVersions(dropped: Iterable<Manifest>, kept: Kept): readonly ObjectVersionName[] {
  const doomed = new Map<string, ObjectVersionName>();
  for (const release of dropped)
    for (const entry of release.entries.values()) {
      const { key, versionId } = entry;
      if (versionId === null || versionId === 'null' || mayBeCurrent(entry, kept)) continue;
      doomed.set(nameOf({ key, versionId }), { key, versionId });
    }
  for (const release of [kept.manifest, ...kept.releases])
    for (const { key, versionId } of release.entries.values())
      if (versionId !== null) doomed.delete(nameOf({ key, versionId }));
  return [...doomed.values()];
}

const nameOf = ({ key, versionId }: ObjectVersionName): string => `${versionId} ${key}`;

/** An object that is as a dropped release left it, and of which nothing kept knows: nobody said that it may go. */
const mayBeCurrent = ({ key, etag }: ManifestEntry, { manifest, objects, deleted }: Kept): boolean =>
  !manifest.entries.has(key) && !deleted.has(key) && objects.get(key)?.etag === etag;
