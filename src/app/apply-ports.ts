import type { ApplyOptions, ApplyPorts, AssetBody } from '../apply/run.ts';
import type { Asset } from '../model/asset.ts';
import { ownNotFoundKey } from '../model/state-keys.ts';
import type { DeployOptions } from './deploy-options.ts';
import { digest } from './digest.ts';
import { gzip } from './gzip.ts';
import { callId } from './ids.ts';
import type { PreparedDeploy } from './prepare-deploy.ts';
import { readManifest } from './read-manifest.ts';

/** The world that a prepared deploy is applied to. */
export function applyPorts(
  { wired, build, plan }: PreparedDeploy,
  { settings, clock, notify, urlOf }: DeployOptions,
): ApplyPorts {
  return {
    ...{
      store: wired.store,
      bucket: wired.bucket,
      cdn: wired.cdn,
      data: wired.data,
      clock,
      notify,
      gzip,
      readManifest,
      digest,
    },
    readPublicly: async (domain, path) => {
      const url = urlOf(domain) + path;
      return { url, answer: await wired.readPublicly(url) };
    },
    openAsset: (asset) => openAsset(settings.dir, asset, build.ownNotFound),
    secretValue: (secret) => build.edge.secretValue(secret, plan.siteId),
    digestBytes: digest,
    randomId: callId,
  };
}

async function openAsset(root: string, asset: Asset, ownNotFound: string): Promise<AssetBody> {
  if (asset.source === ownNotFoundKey) return { kind: 'bytes', bytes: new TextEncoder().encode(ownNotFound) };
  const { readAsset } = await import('../site/read-asset.ts');
  return readAsset({ root, source: asset.source, size: asset.size, sha256: asset.sha256 });
}

/** How it is applied. */
export const applyOptions = (options: DeployOptions): ApplyOptions => ({
  concurrency: options.concurrency,
  waitForInvalidation: options.settings.wait,
  waitForDistribution: options.waitForDistribution,
  waitTimeoutMs: options.waitTimeoutMs,
  run: options.run,
  keptReleases: options.settings.retention.releases,
});
