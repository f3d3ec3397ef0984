import type { Manifest, ManifestEntry } from '../../model/manifest.ts';

/** The files of a release's own build: what it only kept for open tabs belongs to the releases before it. */
export const releasedEntries = ({ entries }: Manifest): readonly ManifestEntry[] =>
  [...entries.values()].filter(({ retainedSince }) => retainedSince === null);
