import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import { cloudEnv } from '../support/start-cloud.ts';
import type { DeployData, World } from './open-world.ts';
import type { Build } from './render-site.ts';

/** A deploy in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  readonly end: Promise<ChildEnd>;
}

export interface ChildEnd {
  /** None where the process was killed. */
  readonly result: DeployResult | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions extends Partial<DeployData> {
  /** Time flows by itself; otherwise the child's waits move it. */
  readonly flows?: boolean;
  /** Set for a rollback: the release to go back to. */
  readonly release?: string;
  readonly hold?: boolean;
  readonly endpoint?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const script = fileURLToPath(new URL('../support/child.js', import.meta.url));

/** Starts a deploy of a build; whoever starts it waits for its end. */
export function startChild(world: World, build: Build, options: ChildOptions = {}): Child {
  const { endpoint, env, ...given } = options;
  const { cloud, time } = world;
  const data = { ...world.place(build), time: time.file, ...given };
  const child = spawn(process.execPath, [script, JSON.stringify(data)], {
    env: { ...childEnv, ...cloudEnv({ ...cloud, endpoint: endpoint ?? cloud.endpoint }), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.on('message', ({ id, to }: { readonly id: number; readonly to: number }) => {
    void time.advanceTo(to).then(() => child.connected && child.send(id, () => {}));
  });
  return { process: child, end: endOf(child) };
}

const childEnv = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  HOME: '/nonexistent',
};

async function endOf(child: ChildProcess): Promise<ChildEnd> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, by) => resolve(by));
  });
  if (signal === null && stdout === '') throw new Error(`the child ended without a result: ${stderr}`);
  return { result: signal === null ? (JSON.parse(stdout) as DeployResult) : undefined, stdout, stderr };
}
