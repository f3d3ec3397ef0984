import { appendFileSync } from 'node:fs';
import { type DeployReport, deployResult } from '../../report/deploy-result.ts';
import { annotations } from '../../report/github/annotations.ts';
import { plainLine } from '../../report/github/plain-line.ts';
import { commentMarker, pullRequestComment } from '../../report/github/pull-request-comment.ts';
import { stepOutputs } from '../../report/github/step-outputs.ts';
import { stepSummary } from '../../report/github/step-summary.ts';
import { workflowCommand } from '../../report/github/workflow-command.ts';
import { placeOf } from '../../report/render-end.ts';
import { readPullRequest } from './read-pull-request.ts';
import { upsertComment } from './upsert-comment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * On a GitHub runner: annotations, the step's outputs and summary, and the pull request's comment. None of it ever fails
 * the deploy, which is over by now: what cannot be told is a warning.
 */
export async function tellGithub(
  report: DeployReport,
  { env, dir }: { readonly env: Environment; readonly dir: string | null },
): Promise<void> {
  if (env.GITHUB_ACTIONS !== 'true') return;
  const result = deployResult(report);
  attempt('the annotations', () => {
    const found = annotations({ result, workspace: env.GITHUB_WORKSPACE ?? '', dir });
    for (const annotation of found) say(workflowCommand(annotation));
  });
  if (result.error === undefined) say(plainLine(`  ${result.dryRun ? 'Planned for' : 'Live'} ${placeOf(report)}`));
  attempt('the outputs', () => append(env.GITHUB_OUTPUT, stepOutputs(result)));
  attempt('the step summary', () => append(env.GITHUB_STEP_SUMMARY, stepSummary(report)));
  await comment(report, env).catch((error: unknown) => warn('the comment', error));
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

function append(path: string | undefined, lines: readonly string[]): void {
  if (path) appendFileSync(path, `${lines.join('\n')}\n`);
}

function attempt(what: string, task: () => void): void {
  try {
    task();
  } catch (error) {
    warn(what, error);
  }
}

function warn(what: string, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  say(workflowCommand({ kind: 'warning', text: `${what} could not be written: ${why}` }));
}

/** A run that was cancelled leaves the comment of the one before: its time is short, and it has nothing to show. */
const isCancelled = (exit: number): boolean => exit === 130 || exit === 143;

async function comment(report: DeployReport, env: Environment): Promise<void> {
  const { CDNPUB_GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository = '' } = env;
  if (!token || isCancelled(deployResult(report).exit)) return;
  const pullRequest = readPullRequest(env.GITHUB_EVENT_PATH);
  if (pullRequest === undefined) return;
  if (pullRequest.fork) {
    say(plainLine('  The pull request comes from a fork, whose runs may not write: there is no comment.'));
    return;
  }
  const runUrl = `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`;
  const lines = pullRequestComment({ report, commit: pullRequest.commit, runUrl });
  const target = report.plan?.target;
  if (lines === undefined || target === undefined) return;
  const api = env.GITHUB_API_URL ?? 'https://api.github.com';
  const place = { api, token, repository, pullRequest: pullRequest.number };
  await upsertComment(place, commentMarker(target.site, target.channel), lines.join('\n'));
}
