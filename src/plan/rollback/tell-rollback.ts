import type { Manifest } from '../../model/manifest.ts';

/** Says to whoever deploys next that somebody went back on purpose. */
export const tellRollback = (live: Manifest | undefined): readonly string[] =>
  live?.rolledBackTo == null ? [] : [`the live release ${live.release} is a rollback to ${live.rolledBackTo}`];
