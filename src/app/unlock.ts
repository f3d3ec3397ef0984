import { readLock } from '../apply/lock/take-lock.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { SeenLock } from '../model/lock.ts';
import type { ObjectStore } from '../model/ports.ts';
import { channelKeys } from '../model/state-keys.ts';
import { describeHolder } from '../plan/state/lock-rules.ts';
import type { UnlockView } from '../report/unlock-report.ts';
import { notPublished } from './status.ts';
import { type WireOptions, wire } from './wire.ts';

export interface UnlockOptions extends WireOptions {
  /** Id of the lock that may be taken away, and of no other. */
  readonly id: string;
  /** Asked once, with the lock as it is. */
  readonly confirm: (seen: SeenLock) => Promise<boolean>;
}

/**
 * Takes another's lock away; its holder sends nothing more once it notices. Throws `E_LOCKED` where the lock that is
 * held is not the one that was named, `E_CONFIRM` without a yes, `E_CONFIG` where there is no bucket.
 */
export async function unlock(options: UnlockOptions): Promise<UnlockView> {
  const wired = await wire(options);
  try {
    const { target, store, bucketExists } = wired;
    if (!bucketExists) throw notPublished(target.bucket, target.site);
    const key = channelKeys(target.channel).lock;
    const seen = await readNamed(store, key, options.id);
    if (seen === undefined) return { target, seen };
    if (!(await options.confirm(seen))) throw notConfirmed(seen);
    await takeAway(store, key, seen);
    return { target, seen };
  } finally {
    wired.close();
  }
}

/** Heartbeats replace the lock every 20 s; it is read again this often at most. */
const attempts = 5;

/** Deletes the lock as it was seen; one that has beaten meanwhile is looked at again. */
async function takeAway(store: ObjectStore, key: string, first: SeenLock): Promise<void> {
  let seen: SeenLock | undefined = first;
  for (let attempt = 0; attempt < attempts && seen !== undefined; attempt++) {
    const [failure] = await store.remove([{ key, etag: seen.etag }]);
    if (failure === undefined) return;
    if (failure.code !== 'PreconditionFailed') throw notRemoved(failure);
    seen = await readNamed(store, key, first.lock.id);
  }
  if (seen !== undefined) throw notRemoved({ code: 'PreconditionFailed', message: 'it changes all the time' });
}

/** The lock of that id, or undefined where none is held. */
async function readNamed(store: ObjectStore, key: string, id: string): Promise<SeenLock | undefined> {
  const seen = await readLock(store, key);
  if (seen === undefined || seen.lock.id === id) return seen;
  throw new CdnpubError('E_LOCKED', {
    message: `the lock that is held is ${seen.lock.id}, not ${id}: ${describeHolder(seen)}`,
    hints: [`cdnpub unlock ${seen.lock.id}    if that deploy is surely dead`],
    details: { lock: seen.lock.id },
  });
}

const notConfirmed = (seen: SeenLock): CdnpubError =>
  new CdnpubError('E_CONFIRM', {
    message: `${describeHolder(seen)}; taking its lock away was not confirmed`,
    hints: ['--yes'],
  });

const notRemoved = ({ code, message }: { readonly code: string; readonly message: string }): CdnpubError =>
  new CdnpubError(code === 'AccessDenied' ? 'E_PERMISSION' : 'E_SERVICE', {
    message: `the lock could not be taken away: ${message} (${code})`,
    hints: ['run the same command again'],
  });
