import type { Manifest, ReleaseHead } from '../../model/manifest.ts';
import { releasedEntries } from './released-entries.ts';

/** What is told of a release without reading it. */
export function releaseHead(release: Manifest): ReleaseHead {
  const files = releasedEntries(release);
  return {
    id: release.release,
    finishedAt: release.finishedAt,
    run: release.run,
    rolledBackTo: release.rolledBackTo,
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    unversioned: files.filter(({ versionId }) => versionId === null).length,
  };
}
