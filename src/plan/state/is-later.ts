import type { Manifest } from '../../model/manifest.ts';

/** A manifest or a release, and when its object was written: seconds since the epoch, by S3's clock. */
export interface WrittenRecord {
  readonly manifest: Manifest;
  readonly writtenAt: number;
}

/**
 * Whether a record tells of a later deploy than another. What names another came after it, whatever clocks say; else the
 * moment decides at which they were finished, and then the one at which they were written. Never the name: ids of one
 * second differ by chance alone.
 */
export function isLater(a: WrittenRecord, b: WrittenRecord): boolean {
  if (names(a.manifest, b.manifest)) return true;
  if (names(b.manifest, a.manifest)) return false;
  const finished = a.manifest.finishedAt - b.manifest.finishedAt;
  return finished === 0 ? a.writtenAt > b.writtenAt : finished > 0;
}

const names = (later: Manifest, { release }: Manifest): boolean =>
  later.release !== release && (later.previousRelease === release || later.releases.includes(release));
