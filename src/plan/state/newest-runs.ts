import type { CiRun, Manifest, RunIdentity } from '../../model/manifest.ts';

/** Whether two CI runs count with one another: numbers of different workflows or branches say nothing. */
export const areComparable = (a: CiRun, b: CiRun): boolean =>
  (['provider', 'repository', 'workflow', 'ref'] as const).every((name) => a[name] === b[name]);

/**
 * The newest CI run of each workflow and ref that has published, after this run. Each manifest hands them on, so that an
 * older run is known for one whoever has published or gone back in between. Those that published last come first.
 */
export function newestRuns(previous: Manifest | undefined, { ci }: RunIdentity): readonly CiRun[] {
  const known = previous?.newestRuns ?? [];
  if (ci === null) return known;
  const same = known.find((run) => areComparable(run, ci));
  const newest = same !== undefined && same.runNumber > ci.runNumber ? same : ci;
  return [newest, ...known.filter((run) => run !== same)].slice(0, mostRuns);
}

/** Ours: branches come and go, and nobody deploys an old run of one that a hundred others have followed. */
const mostRuns = 100;
