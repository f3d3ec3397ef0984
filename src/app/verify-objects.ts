import { forEachLimited } from '../apply/for-each-limited.ts';
import type { ManifestEntry } from '../model/manifest.ts';
import type { ObjectHead, ObjectStore } from '../model/ports.ts';
import { equalHeaders } from '../plan/objects/equal-headers.ts';

/** Keys whose objects are not what the record says. */
export interface FoundDrift {
  readonly missing: readonly string[];
  /** Other bytes. */
  readonly drifted: readonly string[];
  /** Other headers. */
  readonly headers: readonly string[];
}

export const nothingFound: FoundDrift = { missing: [], drifted: [], headers: [] };

/** Asks every object for its headers and its checksum, where the service keeps one, and holds them against the record. */
export async function verifyObjects(
  store: ObjectStore,
  entries: readonly ManifestEntry[],
  concurrency: number,
): Promise<FoundDrift> {
  const found = { missing: [] as string[], drifted: [] as string[], headers: [] as string[] };
  await forEachLimited(entries, concurrency, async (entry) => {
    const what = judge(entry, await store.head(entry.key));
    if (what !== undefined) found[what].push(entry.key);
  });
  return found;
}

function judge(entry: ManifestEntry, head: ObjectHead | undefined): keyof FoundDrift | undefined {
  if (head === undefined) return 'missing';
  const sameBytes = head.sha256 === null ? head.etag === entry.etag : head.sha256 === entry.sha256;
  if (!sameBytes || head.size !== entry.size) return 'drifted';
  return equalHeaders(head.headers, entry.headers) ? undefined : 'headers';
}
