import type { Manifest } from '../model/manifest.ts';
import { chooseRelease } from '../plan/rollback/choose-release.ts';
import { planRelease } from './plan-release.ts';
import type { PreparedDeploy } from './prepare-deploy.ts';
import { type LiveState, readLive } from './read-live.ts';
import { readRelease } from './read-release.ts';
import type { RollbackRequest } from './rollback-request.ts';
import { type Wired, wire } from './wire.ts';

/** Finds the release to go back to, looks at what is there, and plans. Writes nothing anywhere. */
export async function prepareRollback(request: RollbackRequest): Promise<PreparedDeploy> {
  const reached = await wire(request);
  try {
    const live = await readLive(reached);
    const release = await findTarget(request, reached, live);
    return await planRelease(request, withKnownCdn(reached, live), release);
  } catch (error) {
    reached.close();
    throw error;
  }
}

const findTarget = ({ release }: RollbackRequest, wired: Wired, { manifest }: LiveState): Promise<Manifest> =>
  readRelease(wired.store, wired.target.channel, chooseRelease(manifest?.value, release));

/** A rollback makes no distribution: a site without one stays without. */
const withKnownCdn = (wired: Wired, { record }: LiveState): Wired =>
  record.distribution === null ? { ...wired, cdn: undefined, target: { ...wired.target, cdn: false } } : wired;
