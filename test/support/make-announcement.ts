import type { AnnouncedKey, Announcement } from '../../src/model/announcement.ts';
import type { Stored } from '../../src/model/snapshot.ts';

/** An announcement of a run that never finished, as it was read from the bucket. */
export function makeAnnouncement(
  keys: readonly (string | Partial<AnnouncedKey>)[],
  run = 'r-killed',
): Stored<Announcement> {
  const announced = keys.map((key) => ({ ...nothing, ...(typeof key === 'string' ? { key } : key) }));
  return {
    etag: `etag of ${run}`,
    value: {
      schema: 1,
      run,
      release: run,
      startedAt: 1_795_250_000,
      keys: announced,
      edge: [],
      source: null,
      awaits: [],
    },
  };
}

const nothing: AnnouncedKey = {
  key: '',
  action: 'change',
  etag: 'old',
  sha256: 'new',
  headersHash: 'new',
  paths: [],
  tags: [],
};
