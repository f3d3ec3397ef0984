import type { DeployReport } from '../deploy-result.ts';
import { markdownCode } from './markdown-text.ts';
import { renderChanges } from './render-changes.ts';
import { renderFacts } from './render-facts.ts';

export interface CommentView {
  readonly report: DeployReport;
  /** The commit that the pull request proposes, and not the merge that GitHub tests. */
  readonly commit: string;
  /** Address of the run. */
  readonly runUrl: string;
}

/** A comment holds 65,536 characters; with so many files of usual names it stays far below. */
const shownFiles = 30;

/** The first line of a site's comment, by which a later run finds it again: Markdown does not show it. */
export const commentMarker = (site: string, channel: string): string => `<!-- cdnpub ${site} ${channel} -->`;

/** A deploy, or the plan of one, as a comment; undefined where it failed before anybody knew what site it is about. */
export function pullRequestComment({ report, commit, runUrl }: CommentView): readonly string[] | undefined {
  const { plan } = report;
  if (plan === undefined) return undefined;
  const files = renderChanges(report, shownFiles);
  return [
    commentMarker(plan.target.site, plan.target.channel),
    ...renderFacts(report),
    ...(files.length === 0 ? [] : ['', '<details><summary>Files</summary>', ...files, '', '</details>']),
    '',
    `For ${markdownCode(commit.slice(0, 12))}, by [this run](${runUrl}).`,
  ];
}
