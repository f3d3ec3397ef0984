import type { Manifest, ManifestEntry } from '../model/manifest.ts';
import type { Target } from '../model/target.ts';
import type { ReleaseDifference } from '../plan/rollback/compare-releases.ts';
import { releaseHead } from '../plan/rollback/release-head.ts';
import { releasedEntries } from '../plan/rollback/released-entries.ts';
import { escapeName } from './escape-name.ts';
import { count, formatBytes, formatTime, row } from './format.ts';
import { whyNotRestorable } from './releases-report.ts';

/** One kept release beside the live one. */
export interface ReleaseReport {
  readonly target: Target;
  readonly release: Manifest;
  /** Id of the live release, or null where nothing is known of it. */
  readonly live: string | null;
  /** What going back to it would do to the files. */
  readonly differences: readonly ReleaseDifference[];
}

/** The release as programs read it. */
export function releaseObject({ target, release, live, differences }: ReleaseReport): object {
  const { site, channel, account, region, bucket } = target;
  const head = releaseHead(release);
  const reason = whyNotRestorable({ head, recorded: true });
  const keys = (kind: ReleaseDifference['kind']) =>
    differences.filter((each) => each.kind === kind).map(({ key }) => key);
  return {
    ...{ schema: 1, ok: true, exit: 0, site, channel, account, region, bucket },
    ...{ id: head.id, live: head.id === live, restorable: reason === null, reason },
    ...{ finishedAt: head.finishedAt, run: head.run, rolledBackTo: head.rolledBackTo },
    commit: head.run.ci?.commit ?? null,
    files: { total: head.files, list: releasedEntries(release).map(fileObject) },
    bytes: { total: head.bytes },
    diff: {
      live,
      ...{ added: keys('add'), changed: keys('change'), headers: keys('headers'), deleted: keys('delete') },
    },
  };
}

const fileObject = ({ key, size, sha256, versionId, headers }: ManifestEntry) => ({
  key,
  size,
  sha256,
  versionId,
  headers,
});

/** Names shown of each list before the rest is counted. */
const shown = 20;

/** The release for people: what it was, its files, and what going back to it would change. */
export function renderRelease(
  { release, live, differences }: ReleaseReport,
  { verbose }: { readonly verbose: boolean },
): readonly string[] {
  const head = releaseHead(release);
  const reason = whyNotRestorable({ head, recorded: true });
  const { run } = head;
  const files = releasedEntries(release).map(({ key, size }) => ({ key, size }));
  const most = verbose ? Number.POSITIVE_INFINITY : shown;
  return [
    row('Release', head.id, head.id === live ? 'live' : 'kept'),
    row('Finished', formatTime(head.finishedAt), `by ${escapeName(run.user)} on ${escapeName(run.host)}`),
    ...(run.message === null ? [] : [row('Message', escapeName(run.message))]),
    ...(run.ci === null ? [] : [row('Commit', escapeName(run.ci.commit), escapeName(run.ci.url))]),
    ...(head.rolledBackTo === null ? [] : [row('Rollback to', head.rolledBackTo)]),
    ...(reason === null ? [] : [row('Restorable', `! ${reason}`)]),
    row('Files', `${head.files} · ${formatBytes(head.bytes)}`),
    ...listed(files, most, ({ key, size }) => `    ${escapeName(key).padEnd(34)} ${formatBytes(size).padStart(21)}`),
    '',
    ...(differences.length === 0
      ? [row('Against live', 'the same files')]
      : [row('Against live', `a rollback changes ${count(differences.length, 'file')}`)]),
    ...listed(differences, most, differenceLine),
  ];
}

const glyphs = { add: '+', change: '~', headers: 'h', delete: '-' } as const;

function differenceLine({ kind, key, size, reason }: ReleaseDifference): string {
  const bytes = kind === 'add' || kind === 'change' ? formatBytes(size).padStart(10) : '';
  return `  ${glyphs[kind]} ${escapeName(key).padEnd(34)} ${escapeName(reason).padEnd(10)}${bytes}`.trimEnd();
}

function listed<T>(items: readonly T[], most: number, line: (item: T) => string): readonly string[] {
  const more = items.length - Math.min(items.length, most);
  return [...items.slice(0, most).map(line), ...(more > 0 ? [`    … ${more} more (--verbose)`] : [])];
}
