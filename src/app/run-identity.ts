import type { Environment } from '../aws/connect.ts';
import type { RunIdentity } from '../model/manifest.ts';

/** Who runs this deploy: from GitHub's or GitLab's environment, else the user and host. Nothing secret is read. */
export function runIdentity(
  env: Environment,
  self: { readonly user: string; readonly host: string; readonly message: string | null },
): RunIdentity {
  return { ...self, ci: env.GITHUB_ACTIONS === 'true' ? github(env) : env.GITLAB_CI === 'true' ? gitlab(env) : null };
}

const github = (env: Environment): RunIdentity['ci'] => ({
  provider: 'github',
  repository: env.GITHUB_REPOSITORY ?? '',
  workflow: env.GITHUB_WORKFLOW ?? '',
  ref: env.GITHUB_REF ?? '',
  runNumber: Number(env.GITHUB_RUN_NUMBER ?? 0),
  url: `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${env.GITHUB_REPOSITORY ?? ''}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`,
  commit: env.GITHUB_SHA ?? '',
});

const gitlab = (env: Environment): RunIdentity['ci'] => ({
  provider: 'gitlab',
  repository: env.CI_PROJECT_PATH ?? '',
  workflow: env.CI_JOB_NAME ?? '',
  ref: env.CI_COMMIT_REF_NAME ?? '',
  runNumber: Number(env.CI_PIPELINE_IID ?? 0),
  url: env.CI_PIPELINE_URL ?? '',
  commit: env.CI_COMMIT_SHA ?? '',
});
