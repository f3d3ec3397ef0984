import type { Manifest, ManifestEntry } from '../../model/manifest.ts';
import type { Change, Plan } from '../../model/plan.ts';
import { keyOf } from '../objects/diff-objects.ts';
import { equalHeaders } from '../objects/equal-headers.ts';
import { releaseHead } from '../rollback/release-head.ts';

/**
 * What is recorded of a deploy whose late part is left to the next run. The manifest tells what the bucket holds, old
 * pointers and removed files included; the release tells what the build is. Its pointers are not in the bucket, so they
 * have neither ETag nor version, and it cannot be gone back to until a later run has put them up (`completeRelease`);
 * its removed files are only kept, as for open tabs.
 */
export function recordDeferred(
  manifest: Manifest,
  plan: Plan,
  deferred: ReadonlySet<string>,
): { readonly manifest: Manifest; readonly release: Manifest } {
  if (deferred.size === 0) return { manifest, release: manifest };
  const entries = new Map(manifest.entries);
  for (const change of plan.changes.filter((one) => deferred.has(keyOf(one)))) {
    const meant = meantEntry(change, manifest);
    if (meant !== undefined) entries.set(meant.key, meant);
  }
  const release = { ...manifest, entries };
  const history = [releaseHead(release), ...manifest.history.slice(1)];
  return { manifest: { ...manifest, history }, release: { ...release, history } };
}

function meantEntry(change: Change, { entries, finishedAt }: Manifest): ManifestEntry | undefined {
  if ('asset' in change) {
    const { key, sha256, size, headers } = change.asset;
    const nowhere = { etag: '', lastModified: 0, versionId: null };
    return { key, sha256, size, headers, ...nowhere, tags: [], retainedSince: null };
  }
  const entry = entries.get(change.entry.key);
  return entry && { ...entry, retainedSince: entry.retainedSince ?? finishedAt };
}

/** Whether a release names a file that was never put up. */
export const isPending = ({ etag }: Pick<ManifestEntry, 'etag'>): boolean => etag === '';

/** A release with the versions that its pending files have come to since; the very same where there is none. */
export function completeRelease(release: Manifest, { entries: there }: Manifest): Manifest {
  const done = [...release.entries.values()].filter(isPending).map((pending) => {
    const entry = there.get(pending.key);
    return entry?.sha256 === pending.sha256 && equalHeaders(entry.headers, pending.headers) ? entry : undefined;
  });
  const found = done.filter((entry) => entry !== undefined);
  if (found.length === 0) return release;
  return { ...release, entries: new Map([...release.entries, ...found.map((entry) => [entry.key, entry] as const)]) };
}
