import type { LocalCloud } from '../local-cloud/start-local-cloud.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
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
  /** Text of an IAM policy that the printed key is held to. */
  readonly policy: string | undefined;
  readonly watches: boolean;
  readonly onReady: (cloud: LocalCloud) => void;
  /** Told after each deploy that changed something or failed. */
  readonly onDeployed: (report: DeployReport) => void;
  /** Told when a build is only half there and its end is waited for. */
  readonly onWaiting: (error: CdnpubError) => void;
  /** Resolves when the user wants to end; undefined: right after the first deploy. */
  readonly until: Promise<void> | undefined;
}

/** Refusals that a build which is being written over gives for a moment. */
const passing = new Set(['E_EMPTY', 'E_NO_INDEX', 'E_DIR', 'E_MASS_DELETE', 'E_PARTIAL']);

/** A deploy that is under way when the user ends has so long to stop: Ctrl-C ends within five seconds. */
const stopMs = 2_000;

/** Runs the local cloud, deploys to it by the ordinary deploy, and again after each change of the build. */
export async function dev(options: DevOptions): Promise<void> {
  const { stateDir, port, cloudPort, pops, policy, until } = options;
  const { clock, settings } = options.deploy;
  const cloud = await startCloud({ stateDir, port, cloudPort, pops, ...(policy === undefined ? {} : { policy }) });
  let stopWatching = async () => {};
  try {
    options.onReady(cloud);
    const ending = new AbortController();
    until?.then(() => ending.abort(ended));
    const turns = inTurn(teller(options, cloud, ending.signal));
    // Watched from before the first deploy, so that nothing that changes meanwhile is missed.
    if (options.watches) stopWatching = await watchBuild(settings.dir, turns.request);
    turns.request();
    if (until === undefined) return await turns.idle();
    await until;
    await Promise.race([turns.idle(), clock.sleep(stopMs)]);
  } finally {
    await stopWatching();
    await cloud.close();
  }
}

const ended = new CdnpubError('E_PARTIAL', { message: 'the local cloud ends' });

/** One deploy, told when it is the first, or did or met something. */
function teller(options: DevOptions, cloud: LocalCloud, signal: AbortSignal): () => Promise<void> {
  let isFirst = true;
  return async () => {
    const report = await deploy({ ...options.deploy, signal, local: cloud, urlOf: (domain) => cloud.urlOf(domain) });
    if (signal.aborted) return;
    if (isFirst) options.onDeployed(report);
    else tellAgain(options, report);
    isFirst = false;
  };
}

/** A build that is half written is waited out: its next change comes soon. */
function tellAgain({ onWaiting, onDeployed }: DevOptions, report: DeployReport): void {
  const { error, plan } = report;
  const nothing = error === undefined && plan !== undefined && isEmptyPlan(plan);
  if (error !== undefined && passing.has(error.code)) onWaiting(error);
  else if (!nothing) onDeployed(report);
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
