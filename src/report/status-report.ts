import type { RunIdentity } from '../model/manifest.ts';
import type { Target } from '../model/target.ts';
import { escapeName } from './escape-name.ts';
import { count, formatBytes, formatTime, row } from './format.ts';

/** What is live, and how it stands to the record. */
export interface StatusReport {
  readonly target: Target;
  readonly release: string | null;
  readonly previousRelease: string | null;
  /** Release whose files the live one brought back, or null. */
  readonly rolledBackTo: string | null;
  /** Deploys are refused until the site is resumed. */
  readonly hold: boolean;
  /** Seconds since the epoch. */
  readonly finishedAt: number | null;
  readonly run: RunIdentity | null;
  readonly url: string | null;
  readonly distribution: {
    readonly id: string;
    readonly domain: string;
    readonly status: string;
    readonly enabled: boolean;
  } | null;
  readonly files: number;
  readonly bytes: number;
  /** Keys on record that are not in the bucket. */
  readonly missing: readonly string[];
  /** Keys whose object is not the one on record. */
  readonly drifted: readonly string[];
  /** Every object was asked for its headers and checksum. */
  readonly verified: boolean;
  /** Keys whose object carries other headers than those on record; known only when verified. */
  readonly headers: readonly string[];
  /** Objects that cdnpub did not publish. */
  readonly foreign: number;
  /** Runs that announced changes and never finished. */
  readonly unfinished: readonly string[];
}

/** Whether the site is not as the last finished deploy left it, or a deploy never finished. */
export const hasDrift = ({ missing, drifted, headers, unfinished }: StatusReport): boolean =>
  missing.length + drifted.length + headers.length + unfinished.length > 0;

/** The status as programs read it. */
export function statusObject(report: StatusReport, exit: 0 | 1 = 0): object {
  const { target, files, bytes, ...rest } = report;
  const { site, channel, account, region, bucket } = target;
  return {
    schema: 1,
    ok: exit === 0,
    exit,
    site,
    channel,
    account,
    region,
    bucket,
    ...rest,
    drift: hasDrift(report),
    files: { total: files },
    bytes: { total: bytes },
  };
}

/** The status for people. */
export function renderStatus(report: StatusReport): readonly string[] {
  const { target, distribution, run } = report;
  return [
    row('Site', target.site),
    row('Account', `${target.account ?? 'unknown'} · ${target.region}`),
    row('Bucket', target.prefix === '' ? target.bucket : `${target.bucket}/${target.prefix}`),
    ...(distribution === null
      ? []
      : [row('Distribution', `${distribution.id} · ${distribution.domain}`, distributionState(distribution))]),
    ...(report.url === null ? [] : [row('Live', report.url)]),
    report.release === null
      ? row('Release', 'none finished yet')
      : row(
          'Release',
          report.release,
          `${report.finishedAt === null ? '' : formatTime(report.finishedAt)}${run === null ? '' : ` by ${escapeName(run.user)}`}`,
        ),
    ...(report.rolledBackTo === null ? [] : [row('Rollback to', report.rolledBackTo)]),
    ...(report.hold ? [row('Held', 'deploys are refused', 'cdnpub resume lets them through again')] : []),
    ...(run?.message == null ? [] : [row('Message', escapeName(run.message))]),
    row(
      'Files',
      `${report.files} · ${formatBytes(report.bytes)}`,
      report.foreign === 0 ? '' : `${report.foreign} more that are not cdnpub’s`,
    ),
    ...renderDrift(report),
  ];
}

const distributionState = ({ status, enabled }: { readonly status: string; readonly enabled: boolean }): string =>
  enabled ? status : `${status}, disabled`;

function renderDrift({ missing, drifted, headers, verified, unfinished }: StatusReport): readonly string[] {
  const lines = [
    ...missing.map((key) => `  ! ${escapeName(key)} is missing from the bucket`),
    ...drifted.map((key) => `  ! ${escapeName(key)} was changed outside cdnpub`),
    ...headers.map((key) => `  ! ${escapeName(key)} carries other headers than those on record`),
  ];
  const shown = lines.slice(0, 10);
  const more = lines.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`    … ${count(more, 'more object')}`] : []),
    ...(unfinished.length > 0 ? [`  ! ${count(unfinished.length, 'deploy')} did not finish`] : []),
    ...(verified && lines.length === 0 ? [row('Verified', 'every object has its bytes and headers')] : []),
    ...(lines.length + unfinished.length > 0 ? ['', row('Next', 'cdnpub deploy DIR', 'mends it')] : []),
  ];
}
