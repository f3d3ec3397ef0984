import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deploy } from '../../src/app/deploy.ts';
import type { DeployOptions } from '../../src/app/deploy-options.ts';
import { resume } from '../../src/app/resume.ts';
import { type RollbackOptions, rollback } from '../../src/app/rollback.ts';
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud/start-local-cloud.ts';
import { type DeployResult, deployResult } from '../../src/report/deploy-result.ts';
import type { ResumeView } from '../../src/report/resume-report.ts';
import { faultsOf } from '../support/faults.ts';
import { makeSettings } from '../support/make-settings.ts';
import { readLog } from '../support/request-log.ts';
import { startVirtualTime, type VirtualTime } from '../support/virtual-time.ts';
import type { Build } from './render-site.ts';

/** A cloud of its own with one site in it, and the ways in which deploys reach it. */
export interface World {
  readonly cloud: LocalCloud;
  readonly time: VirtualTime;
  readonly bucket: string;
  readonly pops: readonly number[];
  /** Connections of visitors. */
  readonly agent: Agent;
  readonly faults: ReturnType<typeof faultsOf>;
  /** Everything of a deploy's options that is plain data, for a build that now lies in a folder of its own. */
  place(build: Build): DeployData;
  /** Deploys a build in this process, through an endpoint of its own where one is given. */
  deploy(build: Build, given?: Partial<DeployOptions>): Promise<DeployResult>;
  /** Goes back to a release in this process: the one before the live one, where none is given. */
  rollback(release: string | undefined, given?: Partial<RollbackOptions>): Promise<DeployResult>;
  /** Lets deploys through again after a rollback that holds. */
  resume(): Promise<ResumeView>;
  /** Sets what a `kill` rule does. */
  onKill(hook: () => Promise<void>): void;
  /** Requests of deploys since a number of the log. */
  requests(since?: number): ReturnType<typeof readLog>;
  close(): Promise<void>;
}

export type DeployData = Pick<
  DeployOptions,
  | 'settings'
  | 'allowed'
  | 'dirName'
  | 'run'
  | 'dryRun'
  | 'lockTimeoutMs'
  | 'waitForDistribution'
  | 'waitTimeoutMs'
  | 'concurrency'
>;

export interface WorldOptions {
  /** Fixes what CloudFront would choose at random: names, and when which point of presence sees what. */
  readonly seed: number;
  /** How far the services' clock is ahead of the deploys'. */
  readonly skewMs?: number;
}

const pops = [0, 1, 2];
export const site = 'docs';
export const region = 'eu-west-1';

/** Longer than a deploy would have to wait by chance, so that every wait that is left out shows. */
const delays = { deployMs: 4_000, invalidateMs: 6_000, storeReadyMs: 1_000, storeSettleMs: 3_000 };

export async function openWorld(options: WorldOptions): Promise<World> {
  const time = startVirtualTime();
  let kill = async () => {};
  const cloud = await startLocalCloud({ clock: time, delays, pops: pops.length, onKill: () => kill(), ...options });
  const folder = mkdtempSync(join(tmpdir(), 'cdnpub-chaos-'));
  const agent = new Agent({ keepAlive: true });
  let builds = 0;
  const place = (build: Build): DeployData => {
    builds += 1;
    const dir = join(folder, `dist-${builds}`);
    writeBuild(dir, build);
    return deployData(dir, build);
  };
  const { endpoint, accessKeyId, secretAccessKey } = cloud;
  const ports = { ...silent, env: {}, local: { endpoint, accessKeyId, secretAccessKey }, clock: time.clock };
  return {
    ...{ cloud, time, place, bucket: `${site}-${cloud.account}-${region}-an`, pops, agent, faults: faultsOf(endpoint) },
    deploy: async (build, given = {}) => deployResult(await deploy({ ...ports, ...place(build), ...given })),
    rollback: async (release, given = {}) =>
      deployResult(await rollback({ ...ports, ...place(nothing), hold: false, ...given, release })),
    resume: () => resume({ ...ports, ...place(nothing) }),
    onKill(hook) {
      kill = hook;
    },
    requests: (since) => readLog(endpoint, since),
    async close() {
      agent.destroy();
      await cloud.close();
      time.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A rollback needs no build. */
const nothing: Build = { files: {}, headers: [] };

function writeBuild(dir: string, { files }: Build): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

const deployData = (dir: string, { headers }: Build): DeployData => ({
  settings: makeSettings({ site, dir, region, headers }),
  allowed: {
    empty: false,
    noIndex: false,
    projectRoot: false,
    secrets: false,
    massDelete: true,
    adopt: false,
    older: false,
  },
  dirName: 'dist',
  run: { user: 'ann', host: 'desk', message: null, ci: null },
  dryRun: false,
  lockTimeoutMs: 15 * 60_000,
  waitForDistribution: false,
  waitTimeoutMs: 15 * 60_000,
  concurrency: 8,
});

const silent = {
  notify: () => {},
  confirm: async () => true,
  onPlan: async () => {},
  onLockWait: () => {},
  urlOf: (domain: string) => `http://${domain}/`,
} satisfies Partial<DeployOptions>;
