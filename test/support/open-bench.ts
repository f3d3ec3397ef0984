import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { deploy } from '../../src/app/deploy.ts';
import type { DeployOptions } from '../../src/app/deploy-options.ts';
import { resume } from '../../src/app/resume.ts';
import { rollback } from '../../src/app/rollback.ts';
import type { RollbackRequest } from '../../src/app/rollback-request.ts';
import type { LocalCloudOptions } from '../../src/local-cloud/start-local-cloud.ts';
import { type DeployResult, deployResult } from '../../src/report/deploy-result.ts';
import type { ResumeView } from '../../src/report/resume-report.ts';
import { makeSettings } from './make-settings.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';
import { openProject, type Project } from './project.ts';
import { startCloud, type TestCloud } from './start-cloud.ts';
import type { Tree } from './temp-dir.ts';

/** A cloud of its own with a site in it, deployed to in this process, on a clock that the test moves. */
export interface Bench {
  readonly cloud: TestCloud;
  readonly project: Project;
  readonly time: ManualTime;
  /** Deploys the project, or another that publishes to the same site, with a yes to everything. */
  deploy(given?: Given): Promise<DeployResult>;
  /** Deploys, and must succeed; answers the domain of the distribution too. */
  publish(given?: Given): Promise<DeployResult & { readonly domain: string }>;
  /** Goes back to a release, with a yes to everything. */
  rollback(given: Given & Pick<RollbackRequest, 'release' | 'hold'>): Promise<DeployResult>;
  resume(given?: Given): Promise<ResumeView>;
  /** Another machine's copy of the site: a build of its own, published to the same place. */
  copy(files: Tree): Project;
}

export interface Given extends Omit<Partial<DeployOptions>, 'settings'> {
  readonly settings?: Partial<DeployOptions['settings']>;
  readonly from?: Project;
}

export async function openBench(files?: Tree, cloudOptions: Omit<LocalCloudOptions, 'clock'> = {}): Promise<Bench> {
  const time = createManualTime();
  const cloud = await startCloud({ ...cloudOptions, clock: time });
  onTestFinished(() => cloud.close());
  const project = openProject(cloud, files);
  const run = async (given: Given = {}) => deployResult(await deploy(deployOptions(project, time.clock(), given)));
  return {
    ...{ cloud, project, time },
    deploy: run,
    async publish(given) {
      const result = await run(given);
      if (result.error !== undefined) throw new Error(`${result.error.code}: ${result.error.message}`);
      return { ...result, domain: result.distribution?.domain ?? '' };
    },
    rollback: async ({ release, hold, ...given }) =>
      deployResult(await rollback({ ...deployOptions(project, time.clock(), given), release, hold })),
    resume: (given = {}) => resume(deployOptions(project, time.clock(), given)),
    copy: (others) => openProject(cloud, others),
  };
}

/** What a deploy of a project to its cloud needs, with a yes to everything. */
export function deployOptions(
  project: Project,
  clock: DeployOptions['clock'],
  { settings, from = project, ...given }: Given = {},
): DeployOptions {
  const { cloud } = project.cloud;
  return {
    settings: makeSettings({ site: project.site, dir: join(from.cwd, 'dist'), region: 'eu-west-1', ...settings }),
    ...{ env: {}, local: cloud, clock, concurrency: 8, dirName: 'dist', dryRun: false },
    allowed: { ...nothing, adopt: false, older: false },
    run: { user: 'ann', host: 'desk', message: null, ci: null },
    notify: () => {},
    onPlan: async () => {},
    confirm: async () => true,
    lockTimeoutMs: 0,
    onLockWait: () => {},
    waitForDistribution: false,
    waitTimeoutMs: 900_000,
    urlOf: (domain) => cloud.urlOf(domain),
    ...given,
  };
}

const nothing = { empty: false, noIndex: false, projectRoot: false, secrets: false, massDelete: false };
