import { ownFolder, stateFolder } from '../../src/model/state-keys.ts';
import { digest } from '../support/digest.ts';
import type { ReadSite } from './read-state.ts';
import type { Build } from './render-site.ts';
import { count } from './tally.ts';

/**
 * Where a site is anything else than one build, whole: files that differ or are missing, objects that no record names
 * and that are not `theirs`. Assets that are retained for open tabs, and cdnpub's own 404 page, may be there besides.
 */
export function findStrays(site: ReadSite, build: Build, theirs: ReadonlySet<string> = new Set()): readonly string[] {
  const { bucket, manifest } = site;
  const wrong = Object.entries(build.files).filter(([key, text]) => bucket.get(key)?.sha256 !== digest(text));
  const unrecorded = Object.keys(build.files).filter((key) => manifest.entries.get(key)?.retainedSince !== null);
  const foreign = [...manifest.entries.values()].filter(
    ({ key, retainedSince }) => !(key in build.files) && retainedSince === null && !key.startsWith(ownFolder),
  );
  const orphans = [...bucket.keys()].filter(
    (key) => !key.startsWith(stateFolder) && !manifest.entries.has(key) && !theirs.has(key),
  );
  const strays = [
    ...wrong.map(([key]) => `${key} is not the build's`),
    ...unrecorded.map((key) => `${key} is not on record`),
    ...foreign.map(({ key }) => `${key} is on record and in no build`),
    ...orphans.map((key) => `${key} is on no record`),
  ];
  count('mixed', strays.length);
  return strays;
}
