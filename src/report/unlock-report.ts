import type { SeenLock } from '../model/lock.ts';
import type { Target } from '../model/target.ts';
import { describeHolder } from '../plan/state/lock-rules.ts';
import { escapeName } from './escape-name.ts';
import { row } from './format.ts';

/** What became of a lock that was to be taken away. */
export interface UnlockView {
  readonly target: Target;
  /** The lock that was taken away; undefined where none was held. */
  readonly seen: SeenLock | undefined;
}

/** It as programs read it. */
export function unlockObject({ target, seen }: UnlockView): object {
  const { site, channel, account, region, bucket } = target;
  const { id, user, host, url, commit, release } = seen?.lock ?? nobody;
  return {
    ...{ schema: 1, ok: true, exit: 0, site, channel, account, region, bucket, changed: seen !== undefined },
    lock:
      seen === undefined ? null : { id, user, host, url, commit, release, ageSeconds: Math.round(seen.ageMs / 1000) },
  };
}

const nobody = { id: '', user: '', host: '', url: null, commit: null, release: '' };

/** It for people. */
export const renderUnlocked = ({ seen }: UnlockView): readonly string[] =>
  seen === undefined
    ? [row('Lock', 'none is held')]
    : [
        row('Unlocked', seen.lock.id),
        `    ${holderLine(seen)}`,
        row('Next', 'cdnpub deploy DIR', 'finishes what that deploy left open'),
      ];

/** Who holds a lock, safe for a terminal. */
export const holderLine = (seen: SeenLock): string => escapeName(describeHolder(seen));
