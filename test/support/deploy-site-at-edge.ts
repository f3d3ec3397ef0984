import {
  CloudFrontClient,
  type DistributionConfig,
  GetDistributionConfigCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { expect } from 'vitest';
import { deploy } from '../../src/app/deploy.ts';
import type { DeployOptions } from '../../src/app/deploy-options.ts';
import { planBuild } from '../../src/app/prepare-deploy.ts';
import { readBuild } from '../../src/app/read-build.ts';
import { siteEdge } from '../../src/app/site-edge.ts';
import { wire } from '../../src/app/wire.ts';
import { deployResult } from '../../src/report/deploy-result.ts';
import { tools } from '../edge/edge-tools.ts';
import { type SiteAtEdge, sourceOf } from '../edge/open-site.ts';
import { type Bench, deployOptions, openBench } from './open-bench.ts';
import { textOf } from './read-bucket.ts';

/** A site of the tables, deployed to a local cloud by the ordinary deploy. Each file's content is its own key. */
export interface DeployedSite extends Bench {
  /** Domain of its distribution, without port. */
  readonly domain: string;
  /** Port that viewers ask. */
  readonly port: number;
}

/** Deploys a site with the very source that its table is about, under the hosts given besides its own. */
export async function deploySiteAtEdge(site: SiteAtEdge, hosts: readonly string[]): Promise<DeployedSite> {
  const bench = await openBench(Object.fromEntries(site.keys.map((key) => [key, key])));
  const plain = deployOptions(bench.project, bench.time.clock());
  // A site under a base path has no index at its root.
  const options = { ...plain, allowed: { ...plain.allowed, noIndex: true } };
  const result = deployResult(await deploy(options, () => prepare(options, site)));
  expect(result.error).toBeUndefined();
  const domain = result.distribution?.domain ?? '';
  if (hosts.length > 0) await nameDistribution(bench, result.distribution?.id ?? '', hosts);
  if (site.store !== undefined) await writeStore(bench, options, site.store);
  await bench.time.advance(900_000);
  return { ...bench, domain, port: Number(new URL(bench.cloud.cloud.siteUrl).port) };
}

async function prepare(options: DeployOptions, site: SiteAtEdge) {
  const [wired, build] = await Promise.all([wire(options), readBuild(options.settings, options.notify, options.env)]);
  const { users = {}, jwtKey = 'none' } = site.secrets ?? {};
  const edge = siteEdge(sourceOf(site), tools, (secret) =>
    secret.kind === 'password' ? (users[secret.user] ?? 'none') : jwtKey,
  );
  return planBuild(options, wired, { ...build, edge });
}

/** Gives a distribution names of its owner's, and the certificate that CloudFront wants for them. */
async function nameDistribution({ cloud: { cloud } }: Bench, Id: string, hosts: readonly string[]): Promise<void> {
  const client = new CloudFrontClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials: cloud });
  try {
    const { DistributionConfig: config, ETag: IfMatch } = await client.send(new GetDistributionConfigCommand({ Id }));
    const named = {
      ...config,
      Aliases: { Quantity: hosts.length, Items: [...hosts] },
      ViewerCertificate: {
        ACMCertificateArn: `arn:aws:acm:us-east-1:${cloud.account}:certificate/11111111-2222-3333-4444-555555555555`,
        SSLSupportMethod: 'sni-only',
        MinimumProtocolVersion: 'TLSv1.2_2021',
      },
    } as DistributionConfig;
    await client.send(new UpdateDistributionCommand({ Id, IfMatch, DistributionConfig: named }));
  } finally {
    client.destroy();
  }
}

/** Writes behind cdnpub's back what a table wants otherwise than a deploy leaves it. */
async function writeStore(
  { project }: Bench,
  options: DeployOptions,
  store: NonNullable<SiteAtEdge['store']>,
): Promise<void> {
  const wired = await wire(options);
  try {
    const { storeArn: arn } = JSON.parse((await textOf(project, '.cdnpub/site.json')) ?? '{}') as { storeArn: string };
    const puts = Object.entries(store).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
    const deletes = Object.keys(store).filter((key) => store[key] === null);
    await wired.data?.write({ arn, etag: undefined, puts: new Map(puts), deletes });
  } finally {
    wired.close();
  }
}
