import { compileEdge } from '../edge/compile-edge.ts';
import type { Asset } from '../model/asset.ts';
import { compareKeys } from '../model/compare-keys.ts';
import type { Inventory, Scan } from '../model/inventory.ts';
import type { Plan } from '../model/plan.ts';
import type { Notify } from '../model/progress.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ownNotFoundKey } from '../model/state-keys.ts';
import { checkLimits } from '../plan/assets/check-limits.ts';
import { classify } from '../plan/assets/classify.ts';
import { describeAssets } from '../plan/assets/describe-assets.ts';
import type { Allowed } from '../plan/guards/guard.ts';
import { planDeploy } from '../plan/plan-deploy.ts';
import { cdnNames } from './cdn-names.ts';
import { digest } from './digest.ts';
import { releaseId, siteId } from './ids.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { readTemplate } from './templates.ts';
import { type Wired, type WireOptions, wire } from './wire.ts';

export interface DeployRequest extends WireOptions {
  readonly allowed: Allowed;
  /** The directory as the user typed it, for messages. */
  readonly dirName: string;
  readonly notify: Notify;
}

/** A planned deploy and the world it was planned in. Whoever prepares it closes `wired`. */
export interface PreparedDeploy {
  readonly plan: Plan;
  readonly inventory: Inventory;
  readonly snapshot: Snapshot;
  readonly wired: Wired;
  /** Text of cdnpub's own 404 page, stored where the build brings none. */
  readonly ownNotFound: string;
}

/** Scans the build while AWS is reached, looks at what is there, and plans. Writes nothing anywhere. */
export async function prepareDeploy(request: DeployRequest): Promise<PreparedDeploy> {
  const { settings, notify } = request;
  const wiring = wire(request);
  // A bad directory is told before a bad network is.
  wiring.catch(() => {});
  try {
    const [scan, ownNotFound, fragment] = await Promise.all([
      scanBuild(settings, notify),
      readTemplate('404.html'),
      readTemplate('edge/viewer-request.js'),
    ]);
    const described = describeBuild(scan, settings, ownNotFound);
    const wired = await wiring;
    notify({ kind: 'started', phase: 'compare', total: described.assets.length, bytes: 0 });
    const ids = { release: releaseId(request.clock.now()), siteId: siteId() };
    const snapshot = await snapshotOf(request, wired, described.assets, ids.siteId);
    const keys = described.assets.map(({ key }) => key);
    const edge = settings.cdn ? compileEdge({ keys, settings, fragment }) : { code: '', warnings: [] };
    const inventory: Inventory = { ...scan, assets: described.assets };
    const plan = planDeploy({
      ...{ settings, inventory, snapshot, ids, digest, allowed: request.allowed, dirName: request.dirName },
      target: wired.target,
      edge: { code: edge.code, notFoundKey: notFoundKey(scan, settings) },
      classOf: (key) => classify(key, settings),
      now: Math.floor(request.clock.now() / 1000),
      warnings: [...described.warnings, ...edge.warnings],
    });
    notify({ kind: 'finished', phase: 'compare', detail: '' });
    return { plan, inventory, snapshot, wired, ownNotFound };
  } catch (error) {
    wiring.then((wired) => wired.close()).catch(() => {});
    throw error;
  }
}

async function scanBuild(settings: Settings, notify: Notify): Promise<Scan> {
  const { scanSite } = await import('../site/scan-site.ts');
  notify({ kind: 'started', phase: 'scan', total: 0, bytes: 0 });
  const scan = await scanSite({ root: settings.dir, ignore: settings.ignore });
  notify({ kind: 'finished', phase: 'scan', detail: `${scan.files.length} files` });
  return scan;
}

const hasNotFound = (scan: Scan, { notFound }: Settings): boolean => scan.files.some(({ key }) => key === notFound);

const notFoundKey = (scan: Scan, settings: Settings): string =>
  hasNotFound(scan, settings) ? settings.notFound : ownNotFoundKey;

/** The files with their headers, and cdnpub's own 404 page where the build has none and an edge would show it. */
function describeBuild(
  scan: Scan,
  settings: Settings,
  ownNotFound: string,
): { readonly assets: readonly Asset[]; readonly warnings: readonly string[] } {
  const bytes = new TextEncoder().encode(ownNotFound);
  const own = { key: ownNotFoundKey, source: ownNotFoundKey, size: bytes.length, sha256: digest(bytes) };
  const needed = settings.cdn && scan.files.length > 0 && !hasNotFound(scan, settings);
  const files = needed ? [...scan.files, own].sort((a, b) => compareKeys(a.key, b.key)) : scan.files;
  const described = describeAssets({ files, settings });
  checkLimits(described.assets, settings.prefix);
  return described;
}

async function snapshotOf(
  request: DeployRequest,
  wired: Wired,
  assets: readonly Asset[],
  newSiteId: string,
): Promise<Snapshot> {
  const { settings } = request;
  const { md5OfFile } = await import('../site/md5-of-file.ts');
  return takeSnapshot({
    wired,
    assets,
    md5: async (asset) => (await md5OfFile(settings.dir, asset.source)) ?? '',
    names: (record) =>
      cdnNames(
        record ?? { site: settings.site, siteId: newSiteId, generation: 1, distribution: null },
        settings,
        digest,
      ),
    concurrency: request.concurrency,
  });
}
