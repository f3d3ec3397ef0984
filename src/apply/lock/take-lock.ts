import type { Lock, SeenLock } from '../../model/lock.ts';
import type { Clock, ObjectStore } from '../../model/ports.ts';
import { decodeDocument, encodeDocument } from '../../plan/state/document-text.ts';
import { lockedError, mayTakeOver } from '../../plan/state/lock-rules.ts';

export interface LockRequest {
  readonly store: Pick<ObjectStore, 'put' | 'read' | 'remove'>;
  readonly clock: Clock;
  readonly key: string;
  readonly lock: Lock;
  /** How long to wait for another's lock, milliseconds. */
  readonly timeoutMs: number;
  readonly digestBytes: (bytes: Uint8Array) => string;
  /** Told while another's lock is waited for. */
  readonly onWait: (seen: SeenLock) => void;
}

/** One moment by both clocks. */
export interface Instant {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** A lock of ours. */
export interface TakenLock {
  readonly etag: string;
  /** No later than S3 stamped it: an answer may be read long after, as by a machine that was suspended. */
  readonly beatAt: Instant;
}

/** Another's lock is asked for again this often. */
const pollMs = 3_000;

/** Takes the channel's lock. Throws `E_LOCKED` when another holds it for longer than the timeout. */
export async function takeLock(request: LockRequest): Promise<TakenLock> {
  const { clock, timeoutMs, onWait } = request;
  const end = clock.now() + timeoutMs;
  for (;;) {
    const asked = instant(clock);
    const free = await writeLock(request, request.lock, { kind: 'absent' });
    if (free !== undefined) return { ...free, beatAt: asked };
    const looked = instant(clock);
    const seen = await readLock(request.store, request.key);
    if (seen === undefined) continue;
    if (seen.lock.nonce === request.lock.nonce) return { etag: seen.etag, beatAt: before(looked, seen.ageMs) };
    const taken = mayTakeOver(seen)
      ? await writeLock(request, request.lock, { kind: 'matches', etag: seen.etag })
      : undefined;
    if (taken !== undefined) return { ...taken, beatAt: looked };
    if (clock.now() >= end) throw lockedError(seen);
    onWait(seen);
    await clock.sleep(Math.min(pollMs, Math.max(1, end - clock.now())));
  }
}

export const instant = (clock: Clock): Instant => ({ wallMs: clock.now(), monotonicMs: clock.monotonic() });

const before = ({ wallMs, monotonicMs }: Instant, ms: number): Instant => ({
  wallMs: wallMs - ms,
  monotonicMs: monotonicMs - ms,
});

/** Writes the lock; undefined where the condition does not hold. */
export async function writeLock(
  { store, key, digestBytes }: Pick<LockRequest, 'store' | 'key' | 'digestBytes'>,
  lock: Lock,
  condition: { readonly kind: 'absent' } | { readonly kind: 'matches'; readonly etag: string },
): Promise<{ readonly etag: string } | undefined> {
  const bytes = new TextEncoder().encode(encodeDocument(lock));
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  const result = await store.put({
    key,
    body: { kind: 'bytes', bytes },
    sha256: digestBytes(bytes),
    headers,
    condition,
  });
  return result.kind === 'written' ? { etag: result.etag } : undefined;
}

/** The lock that is there now, aged by the server's own clock. One that cannot be read is nobody's: age decides alone. */
export async function readLock(store: Pick<ObjectStore, 'read'>, key: string): Promise<SeenLock | undefined> {
  const found = await store.read(key);
  if (found === undefined) return undefined;
  const lock = decodeDocument<Lock>(new TextDecoder().decode(found.bytes), 'the lock') ?? unreadable;
  return { lock, etag: found.etag, ageMs: found.ageMs };
}

const unreadable: Lock = {
  ...{ schema: 1, id: 'L-unreadable', nonce: '', user: 'somebody', host: 'an unknown host' },
  ...{ url: null, commit: null, release: 'unknown', beat: 0 },
};
