import { forEachLimited } from '../apply/for-each-limited.ts';
import { serverMs } from '../apply/server-ms.ts';
import type { Environment } from '../aws/connect.ts';
import { collectOrigins } from '../edge/collect-origins.ts';
import { readRedirectSettings } from '../edge/redirects/read-redirect-settings.ts';
import { isReleased, type ReleasedAsset } from '../model/asset.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import type { ObjectHead } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ownNotFoundKey } from '../model/state-keys.ts';
import { classify } from '../plan/assets/classify.ts';
import type { SiteEdge } from '../plan/edge/plan-edge.ts';
import { planHeaders } from '../plan/headers/plan-headers.ts';
import { planRollback } from '../plan/rollback/plan-rollback.ts';
import { filesToRestore, refuseUnrestorable } from '../plan/rollback/refuse-unrestorable.ts';
import { type ReleaseInventory, releaseInventory } from '../plan/rollback/release-inventory.ts';
import { cdnNames } from './cdn-names.ts';
import { digest } from './digest.ts';
import { edgeSecrets } from './edge-secrets.ts';
import { edgeSource } from './edge-source.ts';
import { edgeTools } from './edge-tools.ts';
import { findNaming } from './find-naming.ts';
import { releaseId, siteId } from './ids.ts';
import { planWithStore } from './plan-with-store.ts';
import type { PreparedDeploy } from './prepare-deploy.ts';
import { readHandlers } from './read-handlers.ts';
import type { RollbackRequest } from './rollback-request.ts';
import { siteEdge } from './site-edge.ts';
import { takeSnapshot } from './take-snapshot.ts';
import type { Wired } from './wire.ts';

/** Looks at what is up there now and plans to go back to a release; every version that is needed is asked for first. */
export async function planRelease(request: RollbackRequest, wired: Wired, release: Manifest): Promise<PreparedDeploy> {
  const { settings, notify, clock, hold, run } = request;
  const naming = findNaming(namesInBuild([...release.entries.keys()], settings));
  const classOf = (key: string) => classify(key, settings, naming);
  const inventory = releaseInventory(release, classOf);
  notify({ kind: 'started', phase: 'compare', total: inventory.assets.length, bytes: 0 });
  const time = { store: wired.store, clock };
  const ids = { release: releaseId(serverMs(time)), siteId: siteId() };
  const edge = await edgeOf(release, settings, request.env);
  const seen = await snapshotOf(request, wired, { inventory, edge });
  const input = {
    ...{ target: wired.target, settings, inventory, edge, classOf, release, hold, run, ids, digest },
    now: Math.floor(serverMs(time) / 1000),
  };
  const look = { data: wired.data, hash: edge.hash };
  const { plan: planned, snapshot } = await planWithStore(seen, look, (snapshot) =>
    planRollback({ ...input, snapshot }),
  );
  const plan = await checkVersions({ request, wired, release, plan: planned });
  notify({ kind: 'finished', phase: 'compare', detail: '' });
  return {
    ...{ plan, snapshot, wired },
    build: { inventory, edge, headers: null, naming, ownNotFound: '', diagnostics: [], warnings: [] },
    planAgain: (again) => planRelease(request, again, release),
  };
}

const namesInBuild = (keys: readonly string[], { basePath }: Settings): readonly string[] =>
  keys.map((key) => (key.startsWith(basePath) ? key.slice(basePath.length) : key));

function snapshotOf(
  { settings, concurrency }: RollbackRequest,
  wired: Wired,
  { inventory, edge }: { readonly inventory: ReleaseInventory; readonly edge: SiteEdge },
): Promise<Snapshot> {
  const unknown = { site: settings.site, siteId: 'none', generation: 1, distribution: null };
  return takeSnapshot({
    ...{ wired, concurrency, assets: inventory.assets },
    // An object with the ETag of the release's version holds its bytes, whatever kind of ETag that is.
    md5: async (asset) => (isReleased(asset) ? asset.etag : ''),
    names: (record) => cdnNames(record ?? unknown, edge.source, { digest, hash: edge.hash }),
  });
}

/**
 * What ran at the edge with the release, made of its files and rules anew; who may see the site is today's business. An
 * early cdnpub did not write the rules down: then they are those of the settings.
 */
async function edgeOf(release: Manifest, settings: Settings, env: Environment): Promise<SiteEdge> {
  const tools = await edgeTools();
  const notFound = release.entries.has(settings.notFound) ? settings.notFound : ownNotFoundKey;
  const today = edgeSource({
    settings,
    notFound,
    headers: planHeaders({ settings, text: null, notFoundKey: notFound }),
    redirects: readRedirectSettings(settings.redirects).rules,
    origins: collectOrigins({ settings: settings.origins, proxies: [] }),
    handlers: await readHandlers(settings),
  });
  const { auth, maintenance } = today;
  return siteEdge({ ...today, ...release.edge?.source, auth, maintenance }, tools, edgeSecrets(settings, env));
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
