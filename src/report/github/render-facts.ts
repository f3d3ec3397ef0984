import { type DeployReport, deployResult } from '../deploy-result.ts';
import { count, formatBytes, formatSeconds } from '../format.ts';
import { markdownCode, markdownText } from './markdown-text.ts';

/** A deploy as a headline and a list of facts, in Markdown; the same for a step summary and for a comment. */
export function renderFacts(report: DeployReport): readonly string[] {
  return [`### cdnpub: ${headline(report)}`, '', ...facts(report).map((fact) => `- ${fact}`)];
}

function headline(report: DeployReport): string {
  const { site, error, changed, dryRun, url, state } = { ...deployResult(report) };
  const name = site === null ? '' : `${markdownText(site)} `;
  if (error !== undefined)
    return state === 'live' ? `${name}is live, but not all went well` : `${name}was not deployed`;
  if (dryRun) return changed ? `what would change on ${name.trim()}` : `nothing would change on ${name.trim()}`;
  const place = url === null ? 'published' : `live at ${url}`;
  return changed ? `${name}is ${place}` : `${name}is unchanged, ${place}`;
}

function facts(report: DeployReport): readonly string[] {
  const { files, bytes, error, warnings, release, invalidations, seconds, bucket } = deployResult(report);
  const counts = [
    [files.added.length, 'added'],
    [files.changed.length, 'changed'],
    [files.headers.length, 'with other headers'],
    [files.deleted.length, 'deleted'],
    [files.unchanged, 'unchanged'],
  ] as const;
  const told = counts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`);
  const items = invalidations.flatMap((batch) => batch.items);
  return [
    ...(error === undefined ? [] : [`**${markdownText(error.message)}** (${markdownCode(error.code)})`]),
    ...(error?.hints ?? []).map((hint) => `Try ${markdownCode(hint)}`),
    ...(told.length === 0 ? [] : [`Files: ${told.join(', ')}; ${formatBytes(bytes.total)} in all`]),
    ...(bytes.uploaded > 0 ? [`Sent: ${formatBytes(bytes.uploaded)}`] : []),
    ...(items.length === 0
      ? []
      : [
          `Invalidated: ${count(items.length, 'path')} (${items.slice(0, 5).map(markdownCode).join(', ')}${items.length > 5 ? ', …' : ''})`,
        ]),
    ...(release === null ? [] : [`Release: ${markdownCode(release)}`]),
    ...(bucket === null ? [] : [`Bucket: ${markdownCode(bucket)}`]),
    ...warnings.map((warning) => `Warning: ${markdownText(warning)}`),
    ...(seconds > 0 ? [`Took ${formatSeconds(seconds)}`] : []),
  ];
}
