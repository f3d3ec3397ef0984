import { CdnpubError } from '../../model/cdnpub-error.ts';
import { leaseMs, requestTimeoutMs, type SeenLock } from '../../model/lock.ts';

/**
 * Whether another's lock may be taken over: its lease has run out, and a request that its holder sent in the last
 * moment of it would have landed or timed out by now.
 */
export const mayTakeOver = ({ ageMs }: SeenLock): boolean => ageMs > leaseMs + requestTimeoutMs;

/**
 * Whether a holder may still send requests: its last confirmed heartbeat is younger than the lease less one request
 * timeout, by the wall clock and by one that never jumps, so that a machine that slept knows it.
 */
export const maySend = (sinceBeat: { readonly wallMs: number; readonly monotonicMs: number }): boolean =>
  Math.max(sinceBeat.wallMs, sinceBeat.monotonicMs) < leaseMs - requestTimeoutMs;

/** Who holds a lock, what for, and since when nothing was heard of him. */
export function describeHolder({ lock, ageMs }: SeenLock): string {
  const who = `${lock.user} on ${lock.host}${lock.url === null ? '' : ` (${lock.url})`}`;
  return `${who} is deploying release ${lock.release}; its last sign of life is ${Math.round(ageMs / 1000)} s old`;
}

/** Somebody else is deploying; the hint is the command that takes their lock away. */
export function lockedError(seen: SeenLock): CdnpubError {
  const { lock } = seen;
  return new CdnpubError('E_LOCKED', {
    message: describeHolder(seen),
    hints: ['wait, or --lock-timeout 5m', `cdnpub unlock ${lock.id}    if that deploy is surely dead`],
    details: {
      lock: lock.id,
      user: lock.user,
      host: lock.host,
      url: lock.url,
      commit: lock.commit,
      release: lock.release,
    },
  });
}

/** This run's lock is gone: another took it over, or somebody unlocked. Nothing more is sent. */
export const lostLockError = (reason: string): CdnpubError =>
  new CdnpubError('E_LOCKED', {
    message: `this deploy lost its lock: ${reason}`,
    hints: ['run the same command again: it plans anew and finishes what is open'],
  });
