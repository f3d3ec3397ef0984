import type { Snapshot } from '../../model/snapshot.ts';

/** Says why every deploy makes edges forget everything. */
export function warnCaching({ cdn }: Pick<Snapshot, 'cdn'>): readonly string[] {
  const caching = cdn?.caching;
  return caching?.kind === 'unknown'
    ? [`distribution ${cdn?.resolved['distribution.id']}: ${caching.why}, so each deploy invalidates everything`]
    : [];
}
