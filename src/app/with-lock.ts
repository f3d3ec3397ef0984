import { type HeldLock, holdLock } from '../apply/lock/hold-lock.ts';
import { type LockRequest, takeLock } from '../apply/lock/take-lock.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { stateSchema } from '../model/manifest.ts';
import { channelKeys } from '../model/state-keys.ts';
import type { DeployOptions } from './deploy-options.ts';
import { digest } from './digest.ts';
import { callId, lockId } from './ids.ts';
import { orGiveUp } from './or-give-up.ts';
import type { Wired } from './wire.ts';

/** Who takes the lock, and for how long another's is waited for. */
export interface LockingOptions
  extends Pick<DeployOptions, 'clock' | 'run' | 'lockTimeoutMs' | 'onLockWait' | 'signal'> {
  /** Release that is being made, for whoever waits. */
  readonly release: string;
}

/** Runs a task under the channel's lock; each of its requests is sent only while the lock surely holds. */
export async function withLock<T>(wired: Wired, options: LockingOptions, task: () => Promise<T>): Promise<T> {
  const { clock, signal } = options;
  const request = lockRequest(wired, options);
  // Another's lock may be waited for long; a run that has given up must not take it after all.
  wired.guardRequests(() => signal?.throwIfAborted());
  const held = holdLock(request, await orGiveUp(takeLock(request), { signal, clock, afterMs: 0 }));
  wired.guardRequests(() => {
    signal?.throwIfAborted();
    held.check();
  });
  try {
    return await task();
  } finally {
    wired.guardRequests(undefined);
    await release(held, wired);
  }
}

function lockRequest(wired: Wired, { clock, run, release, lockTimeoutMs, onLockWait }: LockingOptions): LockRequest {
  const { user, host, ci } = run;
  const identity = { user, host, url: ci?.url ?? null, commit: ci?.commit ?? null, release };
  return {
    ...{ clock, store: wired.store, key: channelKeys(wired.target.channel).lock, digestBytes: digest },
    lock: { schema: stateSchema, id: lockId(), nonce: callId(), ...identity, beat: 0 },
    timeoutMs: lockTimeoutMs,
    onWait: onLockWait,
  };
}

/** A lock that cannot be taken away runs out by itself; the task's own outcome is what counts. */
async function release(held: HeldLock, wired: Wired): Promise<void> {
  try {
    await held.release({ writesInFlight: () => wired.writesInFlight() > 0 });
  } catch (error) {
    if (!(error instanceof CdnpubError)) throw error;
  }
}
