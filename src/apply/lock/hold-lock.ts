import { heartbeatMs, type Lock } from '../../model/lock.ts';
import { lostLockError, maySend } from '../../plan/state/lock-rules.ts';
import { type Instant, instant, type LockRequest, readLock, type TakenLock, writeLock } from './take-lock.ts';

/** A lock that is held: it beats until it is released, and says whether requests may still be sent. */
export interface HeldLock {
  readonly id: string;
  /** Throws `E_LOCKED` when the lease can no longer be relied on. Asked before every request that changes anything. */
  check(): void;
  /**
   * Stops the heartbeat and takes the lock away. Where a write is still in flight then it is left to run out instead.
   */
  release(state: { readonly writesInFlight: () => boolean }): Promise<void>;
}

interface Beat {
  etag: string;
  number: number;
  at: Instant;
  lost: string | undefined;
  ended: boolean;
}

/** Holds a lock that was just taken: a heartbeat every 20 s, each written only over the one before. */
export function holdLock(request: LockRequest, { etag, beatAt }: TakenLock): HeldLock {
  const { clock, lock, store, key } = request;
  const beat: Beat = { etag, number: lock.beat, at: beatAt, lost: undefined, ended: false };
  const beating = keepBeating(request, beat);
  return {
    id: lock.id,
    check() {
      if (beat.lost !== undefined) throw lostLockError(beat.lost);
      const since = { wallMs: clock.now() - beat.at.wallMs, monotonicMs: clock.monotonic() - beat.at.monotonicMs };
      if (!maySend(since))
        throw lostLockError(
          `its last heartbeat was confirmed ${Math.round(Math.max(since.wallMs, since.monotonicMs) / 1000)} s ago`,
        );
    },
    async release({ writesInFlight }) {
      beat.ended = true;
      await beating.stop();
      if (writesInFlight() || beat.lost !== undefined) return;
      await store.remove([{ key, etag: beat.etag }]);
    },
  };
}

/** The heartbeat, which ends by itself when the lock is released or lost. */
function keepBeating(request: LockRequest, beat: Beat): { stop(): Promise<void> } {
  const { clock } = request;
  const timer = clock.every(heartbeatMs, async () => {
    if (beat.ended || beat.lost !== undefined) return;
    // The lease counts from before the request is sent: S3 stamps the object no earlier.
    const sent = instant(clock);
    const next: Lock = { ...request.lock, beat: beat.number + 1 };
    const written = await writeLock(request, next, { kind: 'matches', etag: beat.etag }).catch(
      () => 'unanswered' as const,
    );
    if (written === 'unanswered') return;
    // A reply that was lost after the write makes the next heartbeat find its own object there.
    const found = written ?? (await findOwn(request));
    if (found === undefined) beat.lost = 'another deploy took it over, or it was unlocked';
    else Object.assign(beat, { etag: found.etag, number: next.beat, ...(written === undefined ? {} : { at: sent }) });
  });
  return timer;
}

async function findOwn({ store, key, lock }: LockRequest): Promise<{ readonly etag: string } | undefined> {
  const seen = await readLock(store, key);
  return seen?.lock.nonce === lock.nonce ? { etag: seen.etag } : undefined;
}
