import type { LocalCloud } from '../local-cloud/start-local-cloud.ts';
import type { CdnpubError } from '../model/cdnpub-error.ts';
import { isEmptyPlan } from '../plan/is-empty-plan.ts';
import type { DeployReport } from '../report/deploy-result.ts';
import { deploy } from './deploy.ts';
import type { DeployOptions } from './deploy-options.ts';
import { startCloud } from './start-cloud.ts';
import { watchBuild } from './watch-build.ts';

export interface DevOptions {
  /** Everything about the deploys but where they go. */
  readonly deploy: Omit<DeployOptions, 'local' | 'urlOf'>;
  readonly stateDir: string;
  readonly port: number;
  readonly cloudPort: number;
  /** Points of presence of the local CloudFront. */
  readonly pops: number;
  readonly watches: boolean;
  readonly onReady: (cloud: LocalCloud) => void;
  /** Told after each deploy that changed something or failed. */
  readonly onDeployed: (report: DeployReport) => void;
  /** Told when a build is only half there and its end is waited for. */
  readonly onWaiting: (error: CdnpubError) => void;
  /** Resolves when the user wants to end. */
  readonly until: Promise<void>;
}

/** Refusals that a build which is being written over gives for a moment. */
const passing = new Set(['E_EMPTY', 'E_NO_INDEX', 'E_DIR', 'E_MASS_DELETE', 'E_PARTIAL']);

/** Runs the local cloud, deploys to it by the ordinary deploy, and again after each change of the build. */
export async function dev(options: DevOptions): Promise<void> {
  const { stateDir, port, cloudPort, pops } = options;
  const cloud = await startCloud({ stateDir, port, cloudPort, pops });
  let stopWatching = async () => {};
  try {
    options.onReady(cloud);
    const again = inTurn(() => deployOnce(options, cloud));
    const first = await deployTo(options, cloud);
    options.onDeployed(first);
    if (options.watches) stopWatching = await watchBuild(options.deploy.settings.dir, again.request);
    await options.until;
    await again.idle();
  } finally {
    await stopWatching();
    await cloud.close();
  }
}

const deployTo = ({ deploy: options }: DevOptions, cloud: LocalCloud): Promise<DeployReport> =>
  deploy({ ...options, local: cloud, urlOf: (domain) => cloud.urlOf(domain) });

/** One redeploy. A build that is half written is waited out: its next change comes soon. */
async function deployOnce(options: DevOptions, cloud: LocalCloud): Promise<void> {
  const report = await deployTo(options, cloud);
  if (report.error !== undefined && passing.has(report.error.code)) return options.onWaiting(report.error);
  const nothing = report.error === undefined && report.plan !== undefined && isEmptyPlan(report.plan);
  if (!nothing) options.onDeployed(report);
}

/** Runs `task` when asked, never twice at once; asked while it runs, it runs once more. */
function inTurn(task: () => Promise<void>): { request(): void; idle(): Promise<void> } {
  let running: Promise<void> | undefined;
  let asked = false;
  const run = async () => {
    while (asked) {
      asked = false;
      await task();
    }
    running = undefined;
  };
  return {
    request() {
      asked = true;
      running ??= run();
    },
    idle: async () => running,
  };
}
