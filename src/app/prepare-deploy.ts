import { serverMs } from '../apply/server-ms.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { RunIdentity } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import type { Notify } from '../model/progress.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { classify } from '../plan/assets/classify.ts';
import type { Allowed } from '../plan/guards/guard.ts';
import { planDeploy } from '../plan/plan-deploy.ts';
import { refuseDiagnostics } from '../plan/refuse-diagnostics.ts';
import type { SavedPlan } from '../plan/saved/describe-plan.ts';
import { tellDiagnostic } from '../plan/tell-diagnostic.ts';
import { cdnNames } from './cdn-names.ts';
import { checkLinks } from './check-links.ts';
import { digest } from './digest.ts';
import { releaseId, siteId } from './ids.ts';
import { planWithStore } from './plan-with-store.ts';
import { type Build, readBuild } from './read-build.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { type Wired, type WireOptions, wire } from './wire.ts';

export interface DeployRequest extends WireOptions {
  readonly allowed: Allowed;
  /** The directory as the user typed it, for messages. */
  readonly dirName: string;
  readonly notify: Notify;
  readonly run: RunIdentity;
  /** The plan that this deploy is held to. */
  readonly saved?: SavedPlan | undefined;
}

/** A planned deploy and the world it was planned in. Whoever prepares it closes `wired`. */
export interface PreparedDeploy {
  readonly plan: Plan;
  readonly build: Build;
  readonly snapshot: Snapshot;
  readonly wired: Wired;
  /** Looks and plans once more, for the same files. */
  planAgain(wired: Wired): Promise<PreparedDeploy>;
}

/** Scans the build while AWS is reached, looks at what is there, and plans. Writes nothing anywhere. */
export async function prepareDeploy(request: DeployRequest): Promise<PreparedDeploy> {
  const wiring = wire(request);
  // A bad directory is told before a bad network is.
  wiring.catch(() => {});
  try {
    const build = await readBuild(request.settings, request.notify, request.env);
    return await planBuild(request, await wiring, build);
  } catch (error) {
    wiring.then((wired) => wired.close()).catch(() => {});
    throw error;
  }
}

/** Looks at what is up there now and plans for it. Done again under the lock where anything stirred. */
export async function planBuild(request: DeployRequest, wired: Wired, build: Build): Promise<PreparedDeploy> {
  const { settings, notify, clock } = request;
  const { inventory, edge, warnings } = build;
  notify({ kind: 'started', phase: 'compare', total: 0, bytes: 0 });
  const time = { store: wired.store, clock };
  const ids = { release: releaseId(serverMs(time)), siteId: request.saved?.siteId ?? siteId() };
  const seen = await snapshotOf(request, wired, build, ids.siteId);
  const input = {
    ...{ settings, inventory, ids, edge, warnings, digest },
    ...{ target: wired.target, allowed: request.allowed, dirName: request.dirName, run: request.run },
    classOf: (key: string) => classify(key, settings, build.naming),
    now: Math.floor(serverMs(time) / 1000),
  };
  const { data } = wired;
  const { plan, snapshot } = await planWithStore(seen, { data, hash: edge.hash }, (snapshot) =>
    planDeploy({ ...input, snapshot }),
  );
  const links = await checkLinks(plan, { snapshot, build });
  if (settings.strict) refuseDiagnostics(links, 'link');
  notify({ kind: 'finished', phase: 'compare', detail: '' });
  return { ...withLinks(plan, build, links), snapshot, wired, planAgain: (again) => planBuild(request, again, build) };
}

/** A plan and its build with what is to be said of links, which can be known only when the plan stands. */
const withLinks = (
  plan: Plan,
  build: Build,
  links: readonly Diagnostic[],
): { readonly plan: Plan; readonly build: Build } => ({
  plan: {
    ...plan,
    warnings: [...plan.warnings, ...links.filter(({ level }) => level === 'warning').map(tellDiagnostic)],
  },
  build: { ...build, diagnostics: [...build.diagnostics, ...links] },
});

async function snapshotOf(request: DeployRequest, wired: Wired, build: Build, newSiteId: string): Promise<Snapshot> {
  const { settings, concurrency } = request;
  const { md5OfFile } = await import('../site/md5-of-file.ts');
  const unborn = { site: settings.site, siteId: newSiteId, generation: 1, distribution: null };
  return takeSnapshot({
    ...{ wired, concurrency, assets: build.inventory.assets },
    md5: (asset) => md5OfFile(settings.dir, asset.source),
    names: (record) => cdnNames(record ?? unborn, build.edge.source, { digest, hash: build.edge.hash }),
  });
}
