import { forEachLimited } from '../apply/for-each-limited.ts';
import { compileEdge } from '../edge/compile-edge.ts';
import { isReleased, type ReleasedAsset } from '../model/asset.ts';
import type { EdgeRecord, Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import type { ObjectHead } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ownNotFoundKey } from '../model/state-keys.ts';
import { classify } from '../plan/assets/classify.ts';
import { planRollback } from '../plan/rollback/plan-rollback.ts';
import { filesToRestore, refuseUnrestorable } from '../plan/rollback/refuse-unrestorable.ts';
import { type ReleaseInventory, releaseInventory } from '../plan/rollback/release-inventory.ts';
import { cdnNames } from './cdn-names.ts';
import { digest } from './digest.ts';
import { releaseId, siteId } from './ids.ts';
import type { PreparedDeploy } from './prepare-deploy.ts';
import type { RollbackRequest } from './rollback-request.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { readTemplate } from './templates.ts';
import type { Wired } from './wire.ts';

/** Looks at what is up there now and plans to go back to a release; every version that is needed is asked for first. */
export async function planRelease(request: RollbackRequest, wired: Wired, release: Manifest): Promise<PreparedDeploy> {
  const { settings, notify, clock, hold, run } = request;
  const classOf = (key: string) => classify(key, settings);
  const inventory = releaseInventory(release, classOf);
  notify({ kind: 'started', phase: 'compare', total: inventory.assets.length, bytes: 0 });
  const ids = { release: releaseId(clock.now()), siteId: siteId() };
  const [snapshot, edge] = await Promise.all([
    snapshotOf(request, wired, inventory),
    wired.target.cdn ? edgeOf(release, settings) : { code: '', notFoundKey: ownNotFoundKey },
  ]);
  const planned = planRollback({
    ...{ target: wired.target, settings, inventory, snapshot, edge, classOf, release, hold, run, ids, digest },
    now: Math.floor(clock.now() / 1000),
  });
  const plan = await checkVersions({ request, wired, release, plan: planned });
  notify({ kind: 'finished', phase: 'compare', detail: '' });
  return {
    ...{ plan, snapshot, wired },
    build: { inventory, edge, ownNotFound: '', warnings: [] },
    planAgain: (again) => planRelease(request, again, release),
  };
}

function snapshotOf(
  { settings, concurrency }: RollbackRequest,
  wired: Wired,
  { assets }: ReleaseInventory,
): Promise<Snapshot> {
  const unknown = { site: settings.site, siteId: 'none', generation: 1, distribution: null };
  return takeSnapshot({
    ...{ wired, concurrency, assets },
    // An object with the ETag of the release's version holds its bytes, whatever kind of ETag that is.
    md5: async (asset) => (isReleased(asset) ? asset.etag : ''),
    names: (record) => cdnNames(record ?? unknown, settings, digest),
  });
}

/** What ran at the edge with the release; an early cdnpub did not write it down, and it is made again. */
async function edgeOf(release: Manifest, settings: Settings): Promise<EdgeRecord> {
  if (release.edge !== null) return release.edge;
  const fragment = await readTemplate('edge/viewer-request.js');
  const { code } = compileEdge({ keys: [...release.entries.keys()], settings, fragment });
  return { code, notFoundKey: release.entries.has(settings.notFound) ? settings.notFound : ownNotFoundKey };
}

async function checkVersions(check: {
  readonly request: RollbackRequest;
  readonly wired: Wired;
  readonly release: Manifest;
  readonly plan: Plan;
}): Promise<Plan> {
  const { plan, release } = check;
  const files = filesToRestore(plan);
  const refusal = refuseUnrestorable(files, await readHeads(check, files), release);
  return refusal === undefined ? plan : { ...plan, refusals: [...plan.refusals, refusal] };
}

async function readHeads(
  { request, wired }: { readonly request: RollbackRequest; readonly wired: Wired },
  files: readonly ReleasedAsset[],
): Promise<ReadonlyMap<string, ObjectHead>> {
  const heads = new Map<string, ObjectHead>();
  await forEachLimited(files, request.concurrency, async ({ key, versionId }) => {
    const head = versionId === null ? undefined : await wired.store.headVersion(key, versionId);
    if (head !== undefined) heads.set(key, head);
  });
  return heads;
}
