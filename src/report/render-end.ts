import type { Inventory } from '../model/inventory.ts';
import { isEmptyPlan } from '../plan/is-empty-plan.ts';
import type { DeployReport } from './deploy-result.ts';
import { deployResult } from './deploy-result.ts';
import { escapeName } from './escape-name.ts';
import { count, formatBytes, formatPrice, formatSeconds, formatTime, row } from './format.ts';
import { renderError } from './render-error.ts';
import { renderInvalidation } from './render-invalidation.ts';

export interface EndView {
  readonly report: DeployReport;
  readonly inventory: Inventory | undefined;
  /** When the live release was finished, seconds since the epoch. */
  readonly liveSince: number | null;
  /** A distribution that was made answers at once: it is a local one. */
  readonly local: boolean;
  /** A command to try next. */
  readonly next: { readonly command: string; readonly why: string } | null;
}

/** The last block of a deploy for people. */
export function renderEnd(view: EndView): readonly string[] {
  const { report } = view;
  if (report.error !== undefined) return [...renderError(report.error), ...renderState(report)];
  if (report.plan !== undefined && isEmptyPlan(report.plan)) return [renderUnchanged(view)];
  if (report.dryRun) return renderDryRun(view);
  return renderPublished(view);
}

function renderUnchanged({ report, liveSince }: EndView): string {
  const { files } = deployResult(report);
  const since = liveSince === null ? '' : `, live since ${formatTime(liveSince)}`;
  return `  Nothing changed  ${count(files.total, 'file')}${since} · ${placeOf(report) ?? ''} · ${formatSeconds(report.seconds)}`;
}

/** The address, or the bucket of a site without a distribution; null while its distribution is only planned. */
export function placeOf({ url, plan }: DeployReport): string | null {
  if (url !== null || plan === undefined || plan.target.cdn) return url;
  return `s3://${plan.target.bucket}/${plan.target.prefix}`;
}

function summary(report: DeployReport): string {
  const { files } = deployResult(report);
  const parts = [
    [files.added.length, 'added'],
    [files.changed.length, 'changed'],
    [files.headers.length, 'headers'],
    [files.deleted.length, 'deleted'],
    [files.unchanged, 'unchanged'],
  ] as const;
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`);
  return told.length === 0 ? 'no files' : told.join(' · ');
}

function renderDryRun({ report, next }: EndView): readonly string[] {
  const { plan } = report;
  return [
    row('Would change', summary(report)),
    ...renderInvalidation(plan?.invalidations ?? [], { verbose: false }),
    ...(plan?.confirm.needed === true ? [row('Needs a yes', plan.confirm.reasons.join(', '), '')] : []),
    row('Dry run', 'nothing was written'),
    ...(next === null ? [] : ['', row('Next', `${next.command}    ${next.why}`)]),
  ];
}

function renderPublished({ report, local, next }: EndView): readonly string[] {
  const result = deployResult(report);
  const created = report.plan?.infrastructure.some(({ kind }) => kind === 'createDistribution') === true;
  const items = result.invalidations.reduce((sum, { billable }) => sum + billable, 0);
  return [
    row(
      'Changed',
      `${summary(report)}${result.bytes.uploaded > 0 ? ` · ${formatBytes(result.bytes.uploaded)} sent` : ''}`,
    ),
    ...(items > 0 ? [row('Invalidated', `${count(items, 'path')}, ${formatPrice(items)}${keptWarm(report)}`)] : []),
    row(
      report.url === null ? 'Bucket' : 'Live',
      placeOf(report) ?? '',
      created && !local ? 'answers in 2 to 5 minutes' : '',
    ),
    row('Release', result.release ?? ''),
    row('Took', formatSeconds(report.seconds)),
    // Those of the plan stand above, with the plan.
    ...(report.outcome?.warnings ?? []).map((warning) => `  ! ${escapeName(warning)}`),
    ...(next === null ? [] : ['', row('Next', `${next.command}    ${next.why}`)]),
  ];
}

/** What edges go on serving from their caches, or what they lost besides; empty where nothing is unchanged. */
function keptWarm({ plan }: DeployReport): string {
  const batches = plan?.invalidations ?? [];
  const unchanged = Math.max(0, ...batches.map(({ unchangedBytes }) => unchangedBytes));
  const lost = Math.max(0, ...batches.map(({ overcoveredBytes }) => overcoveredBytes));
  if (unchanged === 0) return '';
  if (lost >= unchanged) return ` · all ${formatBytes(unchanged)} of unchanged files forgotten`;
  return ` · ${formatBytes(unchanged - lost)} of unchanged files kept warm`;
}

/** After a failure: what holds now. */
function renderState({ outcome }: DeployReport): readonly string[] {
  if (outcome === undefined || outcome.state === 'unchanged') return ['    Nothing was changed.'];
  const failed = outcome.failed
    .slice(0, 5)
    .map(({ key, message }) => `    ✖ ${escapeName(key)}: ${escapeName(message)}`);
  const state =
    outcome.state === 'live'
      ? 'The release is published.'
      : 'The deploy stopped half way; running the same command again finishes it.';
  return [...(outcome.failed.length > 1 ? failed : []), `    ${state}`];
}
