import { compareKeys } from '../../model/compare-keys.ts';
import type { Manifest, ManifestEntry } from '../../model/manifest.ts';
import { describeHeaderChange } from '../objects/describe-header-change.ts';
import { equalHeaders } from '../objects/equal-headers.ts';
import { releasedEntries } from './released-entries.ts';

/** What differs at one key between the live release and another, seen from the live one. */
export interface ReleaseDifference {
  readonly kind: 'add' | 'change' | 'headers' | 'delete';
  readonly key: string;
  readonly size: number;
  readonly reason: string;
}

/** What going from the live release to another would do to the files; sorted as S3 lists keys. */
export function compareReleases(live: Manifest | undefined, release: Manifest): readonly ReleaseDifference[] {
  const files = new Map(releasedEntries(release).map((entry) => [entry.key, entry]));
  const now = new Map((live === undefined ? [] : releasedEntries(live)).map((entry) => [entry.key, entry]));
  const forth = [...files.values()].map((entry) => difference(now.get(entry.key), entry));
  const gone = [...now.values()].filter(({ key }) => !files.has(key));
  const removed = gone.map(({ key, size }) => ({ kind: 'delete', key, size, reason: 'not in it' }) as const);
  return [...forth.filter((each) => each !== undefined), ...removed].sort((a, b) => compareKeys(a.key, b.key));
}

function difference(live: ManifestEntry | undefined, entry: ManifestEntry): ReleaseDifference | undefined {
  const { key, size } = entry;
  if (live === undefined) return { kind: 'add', key, size, reason: 'only in it' };
  if (live.sha256 !== entry.sha256) return { kind: 'change', key, size, reason: 'content' };
  if (equalHeaders(live.headers, entry.headers)) return undefined;
  return { kind: 'headers', key, size, reason: describeHeaderChange(live.headers, entry.headers) };
}
