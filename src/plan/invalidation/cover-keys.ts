import { canonicalPath } from '../../edge/canonical-path.ts';
import type { Change } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { readsTags } from '../infrastructure/distribution-fields.ts';
import { keyOf } from '../objects/diff-objects.ts';
import { announcedKeys, isAsRecorded } from '../objects/recorded.ts';
import type { CoverKey } from './cover/cover-key.ts';
import { pathsOf } from './paths-of.ts';

/**
 * What edges must forget. The tags of a key are those of its record, where that is the one version there was since: then
 * every copy that an edge may hold carries them.
 */
export function staleKeys(stale: readonly Change[], snapshot: Snapshot): readonly CoverKey[] {
  const announced = announcedKeys(snapshot);
  const trusted = snapshot.cdn !== undefined && readsTags(snapshot.cdn);
  return stale.flatMap((change): readonly CoverKey[] => {
    const key = keyOf(change);
    const entry = snapshot.manifest?.entries.get(key);
    const remote = snapshot.objects.get(key);
    const isKnown = entry !== undefined && remote !== undefined && !announced.has(key) && isAsRecorded(entry, remote);
    const tags = trusted && isKnown ? entry.tags : [];
    return (pathsOf(key, snapshot.cdn) ?? []).map((path) => ({ path, size: 0, tags }));
  });
}

/** Objects that edges may keep: what stays as it is, and what others put into the bucket. */
export function unchangedKeys(found: {
  readonly changes: readonly Change[];
  readonly stale: readonly Change[];
  readonly snapshot: Snapshot;
}): readonly CoverKey[] {
  const { changes, stale, snapshot } = found;
  const touched = new Set([...changes.filter(({ kind }) => kind === 'add'), ...stale].map(keyOf));
  return [...snapshot.objects.values()]
    .filter(({ key }) => !touched.has(key))
    .map(({ key, size }) => ({
      path: pathsOf(key, snapshot.cdn)?.[0] ?? canonicalPath(key),
      size,
      tags: snapshot.manifest?.entries.get(key)?.tags ?? [],
    }));
}
