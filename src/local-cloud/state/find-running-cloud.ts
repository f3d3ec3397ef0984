import { setTimeout as sleep } from 'node:timers/promises';
import { localAccount } from '../local-account.ts';
import { readKeys } from './state-folder.ts';
import { isAlive, readLock } from './state-lock.ts';

/** A local cloud in another process (or this one), as far as one needs to know it to join. */
export interface RunningCloud {
  readonly pid: number;
  readonly endpoint: string;
  readonly siteUrl: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly account: string;
}

/** The running local cloud that holds a state folder; one that is just starting is waited for, up to ten seconds. */
export async function findRunningCloud(stateDir: string): Promise<RunningCloud | undefined> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const holder = readLock(stateDir);
    if (holder === undefined || !(await isAlive(holder))) return undefined;
    const own = readKeys(stateDir)?.own;
    if (holder.endpoint !== '' && own !== undefined) {
      const { pid, endpoint, siteUrl } = holder;
      return { pid, endpoint, siteUrl, ...own, account: localAccount };
    }
    await sleep(50);
  }
  return undefined;
}
