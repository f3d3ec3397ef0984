import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import { type CliEnd, startCdnpub } from './run-cdnpub.ts';
import { plainEnv } from './start-cloud.ts';

/** What `dev --json` prints, a line each. */
export type DevEvent =
  | {
      readonly event: 'ready';
      readonly url: string;
      readonly endpoint: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    }
  | ({ readonly event: 'deployed' } & DeployResult)
  | { readonly event: 'waiting'; readonly code: string; readonly message: string };

type EventOf<K extends DevEvent['event']> = Extract<DevEvent, { readonly event: K }>;

/** A running `cdnpub dev`. It is killed when the test ends, if it has not ended by then. */
export interface FollowedDev {
  /** The next event of that kind that was not taken yet. Throws when none comes within the time. */
  next<K extends DevEvent['event']>(kind: K, withinMs?: number): Promise<EventOf<K>>;
  kill(signal: NodeJS.Signals): void;
  readonly end: Promise<CliEnd>;
}

/** Starts `cdnpub dev` on free ports, with no AWS settings at all. */
export function followDev(cwd: string, args: readonly string[]): FollowedDev {
  const ports = ['--port', '0', '--cloud-port', '0'];
  const { child, end, lines, stderr } = startCdnpub(['dev', ...args, '--json', ...ports], { cwd, env: plainEnv(cwd) });
  onTestFinished(() => void child.kill('SIGKILL'));
  let taken = 0;
  return {
    async next(kind, withinMs = 20_000) {
      for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(20)) {
        const events = lines().map((line) => JSON.parse(line) as DevEvent);
        const index = events.findIndex(({ event }, at) => at >= taken && event === kind);
        if (index === -1) continue;
        taken = index + 1;
        return events[index] as EventOf<typeof kind>;
      }
      throw new Error(`no event ${kind} in ${withinMs} ms\n${lines().join('\n')}\n${stderr()}`);
    },
    kill: (signal) => void child.kill(signal),
    end,
  };
}
