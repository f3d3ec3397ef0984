import { areComparable } from '../state/newest-runs.ts';
import type { Guard } from './guard.ts';

/**
 * An older CI run must not replace what a newer one published: same repository, workflow and ref, and a smaller run
 * number, whoever has published or gone back since. Dates are never compared.
 */
export const olderGuard: Guard = ({ run, snapshot, allowed }) => {
  const { ci: ours } = run;
  if (allowed.older || ours === null) return undefined;
  const theirs = snapshot.manifest?.newestRuns.find((other) => areComparable(other, ours));
  if (theirs === undefined || ours.runNumber >= theirs.runNumber) return undefined;
  return {
    code: 'E_OLDER',
    message: `run ${ours.runNumber} of ${ours.workflow} is older than run ${theirs.runNumber}, which has published`,
    hints: ['nothing: what the newer run built is newer', '--allow-older'],
  };
};

/** After `rollback --hold` the site stays as it is until it is resumed. */
export const heldGuard: Guard = ({ snapshot }) =>
  snapshot.manifest?.hold === true
    ? {
        code: 'E_HELD',
        message: `deploys are held at release ${snapshot.manifest.release}`,
        hints: ['cdnpub resume'],
      }
    : undefined;
