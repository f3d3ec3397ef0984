import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './write-atomically.ts';

/** Who holds a state folder, as `lock.json` in it tells. */
export interface LockHolder {
  readonly pid: number;
  /** Tells this start from every other; the cloud answers with it on `/_cdnpub/instance`. */
  readonly instance: string;
  /** Both empty while it is still starting. */
  readonly endpoint: string;
  readonly siteUrl: string;
}

export interface StateLock {
  readonly instance: string;
  /** Tells others where the cloud is to be found. */
  announce(addresses: { readonly endpoint: string; readonly siteUrl: string }): void;
  release(): void;
}

/** Another process holds the folder. */
export class StateInUse extends Error {
  readonly holder: LockHolder;

  constructor(folder: string, holder: LockHolder) {
    super(`${folder} is in use by process ${holder.pid}${holder.endpoint === '' ? '' : ` at ${holder.endpoint}`}.`);
    this.name = 'StateInUse';
    this.holder = holder;
  }
}

/**
 * Takes a state folder for this process; a lock whose process is gone is taken over.
 * @throws StateInUse
 */
export async function lockState(folder: string): Promise<StateLock> {
  mkdirSync(folder, { recursive: true });
  const path = lockPath(folder);
  const own: LockHolder = { pid: process.pid, instance: randomUUID(), endpoint: '', siteUrl: '' };
  for (let attempt = 1; !createLock(path, own); attempt += 1) {
    const holder = readLock(folder);
    if (holder !== undefined && (await isAlive(holder))) throw new StateInUse(folder, holder);
    if (holder !== undefined) takeAway(path, holder);
    // Locks appear whole, so one that cannot be read again and again was damaged from outside.
    else if (attempt > 10) rmSync(path, { force: true });
  }
  return {
    instance: own.instance,
    announce: (addresses) => writeAtomically(path, JSON.stringify({ ...own, ...addresses })),
    release() {
      if (readLock(folder)?.instance === own.instance) rmSync(path, { force: true });
    },
  };
}

/** Who holds the folder, alive or not; undefined where nobody does. */
export function readLock(folder: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(lockPath(folder), 'utf8')) as LockHolder;
  } catch {
    return undefined;
  }
}

/**
 * Whether the holder still runs. A process number may have passed to another program: a holder that told its address
 * must answer there too.
 */
export async function isAlive({ pid, endpoint, instance }: LockHolder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (endpoint === '') return true;
  try {
    const answer = await fetch(`${endpoint}/_cdnpub/instance`, { signal: AbortSignal.timeout(5000) });
    return ((await answer.json()) as { instance?: unknown }).instance === instance;
  } catch (error) {
    // No answer in time may be a busy process; nobody listening is none.
    return error instanceof Error && error.name === 'TimeoutError';
  }
}

function lockPath(folder: string): string {
  return join(folder, 'lock.json');
}

/** Puts a whole lock in place in one step, or finds that there is one. */
function createLock(path: string, own: LockHolder): boolean {
  const temporary = `${path}.${own.instance}`;
  writeFileSync(temporary, JSON.stringify(own));
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Moves a dead lock aside: of several that try, one gets to move it, and the lock of a new holder is put back. */
function takeAway(path: string, dead: LockHolder): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    const moved = JSON.parse(readFileSync(aside, 'utf8')) as LockHolder;
    if (moved.instance !== dead.instance) linkSync(aside, path);
  } catch {
    // Somebody else was faster; the next attempt will see whose lock it is now.
  }
  rmSync(aside, { force: true });
}
