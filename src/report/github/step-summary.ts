import type { DeployReport } from '../deploy-result.ts';
import { renderChanges } from './render-changes.ts';
import { renderFacts } from './render-facts.ts';

/** Files named before the rest is counted; a step may write 1 MiB of summary (GitHub docs, "Workflow commands"). */
const shownFiles = 200;

/** What a deploy came to, for the page of its run. */
export const stepSummary = (report: DeployReport): readonly string[] => [
  ...renderFacts(report),
  ...renderChanges(report, shownFiles),
  '',
];
