import type { Guard } from './guard.ts';

/**
 * An older CI run must not replace what a newer one published: same repository, workflow and ref, and a smaller run
 * number. Dates are never compared.
 */
export const olderGuard: Guard = ({ run, snapshot, allowed }) => {
  const [ours, theirs] = [run.ci, snapshot.manifest?.run.ci];
  if (allowed.older || ours == null || theirs == null || ours.runNumber >= theirs.runNumber) return undefined;
  const same = (['provider', 'repository', 'workflow', 'ref'] as const).every((name) => ours[name] === theirs[name]);
  if (!same) return undefined;
  return {
    code: 'E_OLDER',
    message: `run ${ours.runNumber} of ${ours.workflow} is older than run ${theirs.runNumber}, which is live`,
    hints: ['nothing: the newer run has published', '--allow-older'],
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
