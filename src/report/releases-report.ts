import type { ReleaseHead } from '../model/manifest.ts';
import type { Target } from '../model/target.ts';
import { escapeName } from './escape-name.ts';
import { count, formatBytes, formatTime, row } from './format.ts';
import { padText, textWidth } from './text-width.ts';

export interface ListedRelease {
  readonly id: string;
  /** undefined where nothing can be read of it. */
  readonly head: ReleaseHead | undefined;
  /** Its own record lies in the bucket. */
  readonly recorded: boolean;
  readonly live: boolean;
}

/** The kept releases, newest first. */
export interface ReleasesReport {
  readonly target: Target;
  readonly hold: boolean;
  readonly releases: readonly ListedRelease[];
}

/** The releases as programs read them. */
export function releasesObject({ target, hold, releases }: ReleasesReport): object {
  const { site, channel, account, region, bucket } = target;
  return {
    ...{ schema: 1, ok: true, exit: 0, site, channel, account, region, bucket, hold },
    releases: releases.map(releaseObject),
  };
}

function releaseObject(release: ListedRelease): object {
  const { id, head, live } = release;
  const reason = whyNotRestorable(release);
  return {
    ...{ id, live, restorable: reason === null, reason },
    finishedAt: head?.finishedAt ?? null,
    run: head?.run ?? null,
    rolledBackTo: head?.rolledBackTo ?? null,
    files: { total: head?.files ?? null },
    bytes: { total: head?.bytes ?? null },
  };
}

/** Why a release cannot be gone back to as a whole, or null. That each version is still there is asked only by a rollback. */
export function whyNotRestorable({ head, recorded }: Pick<ListedRelease, 'head' | 'recorded'>): string | null {
  if (!recorded) return 'its record is gone';
  if (head === undefined) return 'its record cannot be read';
  if (head.unversioned === 0) return null;
  return `not fully restorable: the bucket kept no version of ${count(head.unversioned, 'file')}`;
}

/** The releases for people: a line each, and below it what somebody wrote to it. */
export function renderReleases({ hold, releases }: ReleasesReport): readonly string[] {
  if (releases.length === 0) return [row('Releases', 'none finished yet')];
  const whoWidth = Math.max(...releases.map((release) => textWidth(whoOf(release))));
  const back = releases.find((release) => !release.live && whyNotRestorable(release) === null);
  return [
    ...releases.flatMap((release) => releaseLines(release, whoWidth)),
    ...(hold ? ['', row('Held', 'deploys are refused', 'cdnpub resume lets them through again')] : []),
    ...(back === undefined ? [] : ['', row('Next', `cdnpub rollback ${back.id}`, 'goes back to it')]),
  ];
}

/** When, and by whom. */
const whoOf = ({ head }: ListedRelease): string =>
  head === undefined ? '' : `${formatTime(head.finishedAt)}  ${escapeName(head.run.user)}`;

function releaseLines(release: ListedRelease, whoWidth: number): readonly string[] {
  const { id, head, live } = release;
  const reason = whyNotRestorable(release);
  const files = head === undefined ? '' : `${count(head.files, 'file')} · ${formatBytes(head.bytes)}`;
  const notes = [
    ...(head?.rolledBackTo == null ? [] : [`rollback to ${head.rolledBackTo}`]),
    ...(head?.run.message == null ? [] : [escapeName(head.run.message)]),
    ...(reason === null ? [] : [`! ${reason}`]),
  ];
  return [
    `  ${live ? '✔' : ' '} ${id}  ${padText(whoOf(release), whoWidth)}  ${live ? 'live' : 'kept'}  ${files}`.trimEnd(),
    ...notes.map((note) => `      ${note}`),
  ];
}
