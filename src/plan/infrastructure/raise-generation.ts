import type { SiteRecord } from '../../model/site-record.ts';
import type { CdnSnapshot } from '../../model/snapshot.ts';

/**
 * A distribution that is on record and gone was deleted by hand. Its name and CallerReference cannot be used again with
 * certainty, so the site's next generation makes a new one. The record itself where nothing is lost.
 */
export function raiseGeneration(record: SiteRecord, cdn: CdnSnapshot | undefined): SiteRecord {
  const lost = cdn !== undefined && record.distribution !== null && cdn.distribution === undefined;
  return lost ? { ...record, generation: record.generation + 1, distribution: null, storeArn: null } : record;
}
