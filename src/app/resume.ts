import { writeState } from '../apply/write-state.ts';
import { channelKeys } from '../model/state-keys.ts';
import { encodeManifest } from '../plan/state/manifest-text.ts';
import type { ResumeView } from '../report/resume-report.ts';
import { digest } from './digest.ts';
import { gzip } from './gzip.ts';
import { type LiveState, readLive } from './read-live.ts';
import { type Wired, type WireOptions, wire } from './wire.ts';
import { type LockingOptions, withLock } from './with-lock.ts';

export interface ResumeOptions extends WireOptions, Omit<LockingOptions, 'release' | 'clock'> {}

/** Lets deploys through again. Throws `E_CONFIG` where nothing was published, `E_LOCKED` while a deploy runs. */
export async function resume(options: ResumeOptions): Promise<ResumeView> {
  const wired = await wire(options);
  try {
    const { manifest, record } = await readLive(wired);
    const release = manifest?.value.release ?? null;
    const held = manifest?.value.hold === true;
    const honoured = record.conditionalWrites !== false;
    wired.useConditions(honoured);
    const end = () => endHold(wired);
    if (release !== null && held) await (honoured ? withLock(wired, { ...options, release }, end) : end());
    return { target: wired.target, release, changed: held };
  } finally {
    wired.close();
  }
}

/** Writes the manifest as it is now, but for the hold. */
async function endHold(wired: Wired): Promise<void> {
  const { manifest } = await readLive(wired);
  if (manifest?.value.hold === true) await write(wired, manifest);
}

const write = ({ store, target }: Wired, { value, etag }: NonNullable<LiveState['manifest']>): Promise<unknown> =>
  writeState(
    { ports: { store, gzip, digestBytes: digest } },
    {
      key: channelKeys(target.channel).manifest,
      text: encodeManifest({ ...value, hold: false }),
      etag,
      compress: true,
    },
  );
