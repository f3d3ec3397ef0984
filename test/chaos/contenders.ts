import type { DeployResult } from '../../src/report/deploy-result.ts';
import { startFaultProxy, type Treatment } from '../support/fault-proxy.ts';
import type { World } from './open-world.ts';
import type { Build } from './render-site.ts';
import { startChild } from './run-child.ts';

/** One of several deploys at once, in a process of its own. */
export interface Contender {
  readonly build: Build;
  /** How long it waits for the others, milliseconds. */
  readonly lockTimeoutMs: number;
  /** The request, counted from 1, at which it is killed, or suspended until the others have ended. */
  readonly killAt?: number;
  readonly suspendAt?: number;
}

export interface Ended {
  readonly contender: Contender;
  readonly name: string;
  /** None where it was killed. */
  readonly result: DeployResult | undefined;
}

/** Virtual milliseconds a real one. */
const flowSpeed = 30;

/** Lets them all begin at once, and answers what each came to. Who was suspended wakes when all others have ended. */
export async function runContenders(world: World, contenders: readonly Contender[]): Promise<readonly Ended[]> {
  const stop = world.time.flow(flowSpeed);
  const night: Night = { isOver: false, sleepers: [] };
  const runs = await Promise.all(contenders.map((contender, at) => start(world, contender, `user-${at}`, night)));
  try {
    const awake = runs.filter(({ contender }) => contender.suspendAt === undefined);
    await Promise.all(awake.map(({ end }) => end));
    night.isOver = true;
    for (const wake of night.sleepers) wake();
    return await Promise.all(runs.map(({ end }) => end));
  } finally {
    stop();
    for (const { close } of runs) await close();
  }
}

/** The time in which who is to sleep may fall asleep: as long as others are at work. */
interface Night {
  isOver: boolean;
  readonly sleepers: (() => void)[];
}

async function start(world: World, contender: Contender, name: string, night: Night) {
  const { build, lockTimeoutMs, killAt, suspendAt } = contender;
  const signal = (kind: NodeJS.Signals) => child.process.kill(kind);
  const proxy = await startFaultProxy({
    target: world.cloud.endpoint,
    decide: ({ index }): Treatment => {
      if (killAt !== undefined && index >= killAt) signal('SIGKILL');
      if (index === suspendAt && !night.isOver) {
        signal('SIGSTOP');
        night.sleepers.push(() => signal('SIGCONT'));
      }
      return killAt !== undefined && index > killAt ? { kind: 'cut', when: 'before' } : { kind: 'pass' };
    },
  });
  const run = { user: name, host: 'desk', message: null, ci: null };
  const child = startChild(world, build, { endpoint: proxy.endpoint, flows: true, lockTimeoutMs, run });
  const end = child.end.then(({ result }): Ended => ({ contender, name, result }));
  return { contender, end, close: proxy.close };
}
