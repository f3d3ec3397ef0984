import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../src/local-cloud/start-local-cloud.ts';
import { type FaultRule, faultsOf } from './faults.ts';
import { type AskOptions, type EdgeAnswer, fetchEdge } from './fetch-edge.ts';
import { type LoggedRequest, readLog } from './request-log.ts';
import { type CliEnd, type CliStart, runCdnpub } from './run-cdnpub.ts';

/** A local cloud in the test's own process, and everything that a test of the real binary does with it. */
export interface TestCloud {
  readonly cloud: LocalCloud;
  /** The whole environment of a child: nothing of the tester's own AWS settings is in it. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder that is gone when the cloud is closed; the home of every child, without profiles, is in it. */
  readonly scratch: string;
  /** Runs the binary against this cloud. */
  run(args: readonly string[], start?: CliStart): Promise<CliEnd>;
  /** Asks a distribution for a path, sent as it is. */
  ask(domain: string, path: string, options?: AskOptions): Promise<EdgeAnswer>;
  /** Requests since a number of the log. */
  requests(since?: number): Promise<{ readonly next: number; readonly requests: readonly LoggedRequest[] }>;
  setFaults(rules: readonly FaultRule[]): Promise<void>;
  /** Waits until the first rule has struck. */
  untilStruck(): Promise<void>;
  /** Drops the rules and lets go of what is held; answers how often each had struck. */
  clearFaults(): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** Starts a local cloud in memory on ports of its own. */
export async function startCloud(options: Omit<LocalCloudOptions, 'stateDir'> = {}): Promise<TestCloud> {
  const cloud = await startLocalCloud(options);
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cdnpub-e2e-')));
  const home = join(scratch, 'home');
  mkdirSync(home);
  const env = { ...plainEnv(home), ...cloudEnv(cloud) };
  return {
    cloud,
    env,
    scratch,
    run: (args, start = {}) => runCdnpub(args, { ...start, env: { ...env, ...start.env } }),
    ask: (domain, path, options) => fetchEdge(`${new URL(cloud.urlOf(domain)).host}`, path, options),
    requests: (since) => readLog(cloud.endpoint, since),
    ...faultsOf(cloud.endpoint),
    async close() {
      await cloud.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** What a child needs to run at all. */
export const plainEnv = (home: string): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  // The SDK would ask the instance for credentials, and wait for it.
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Leads every AWS client to a local cloud. */
export const cloudEnv = (
  cloud: Pick<LocalCloud, 'endpoint' | 'accessKeyId' | 'secretAccessKey'>,
): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: cloud.endpoint,
  AWS_ACCESS_KEY_ID: cloud.accessKeyId,
  AWS_SECRET_ACCESS_KEY: cloud.secretAccessKey,
  AWS_REGION: 'eu-west-1',
});
