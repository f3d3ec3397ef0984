import {
  DeleteCachePolicyCommand,
  DeleteDistributionCommand,
  DeleteFunctionCommand,
  DeleteKeyValueStoreCommand,
  DeleteOriginAccessControlCommand,
  DeleteResponseHeadersPolicyCommand,
  DescribeFunctionCommand,
  DescribeKeyValueStoreCommand,
  type DistributionConfig,
  GetCachePolicyCommand,
  GetDistributionConfigCommand,
  GetOriginAccessControlCommand,
  GetResponseHeadersPolicyCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import {
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { countResources, oneOfEach } from '../support/count-resources.ts';
import { type Bench, openBench } from '../support/open-bench.ts';
import { smallSite } from '../support/project.ts';
import { purge, siteKeysOf } from '../support/read-bucket.ts';
import { cloudFrontClient, s3Client } from '../support/s3-client.ts';

/** A published site whose owner goes about in AWS by hand. */
type Hand = Bench & { readonly id: string };

const cdn = ({ cloud }: Hand) => cloudFrontClient(cloud);
const s3 = ({ cloud }: Hand) => s3Client(cloud);

async function alter(hand: Hand, change: (config: DistributionConfig) => DistributionConfig): Promise<string> {
  const { DistributionConfig, ETag } = await cdn(hand).send(new GetDistributionConfigCommand({ Id: hand.id }));
  const config = change(DistributionConfig as DistributionConfig);
  const changed = await cdn(hand).send(
    new UpdateDistributionCommand({ Id: hand.id, IfMatch: ETag, DistributionConfig: config }),
  );
  // Until it is Deployed nothing that it used may go.
  await hand.time.advance(60_000);
  return changed.ETag ?? '';
}

type Behavior = NonNullable<DistributionConfig['DefaultCacheBehavior']>;

/** Changes the default behaviour; answers what it was before. */
async function alterBehavior(hand: Hand, changes: Partial<Behavior>): Promise<Behavior> {
  let before: Behavior | undefined;
  await alter(hand, (config) => {
    before = config.DefaultCacheBehavior;
    return { ...config, DefaultCacheBehavior: { ...before, ...changes } as Behavior };
  });
  if (before === undefined) throw new Error('a distribution has a default behaviour');
  return before;
}

const rows: readonly {
  readonly name: string;
  readonly remove: (hand: Hand) => Promise<unknown>;
  /** Steps that bring it back, as the plan is asked for a yes. */
  readonly resources?: Partial<typeof oneOfEach>;
  readonly warning?: RegExp;
}[] = [
  {
    name: 'the distribution, disabled and deleted',
    async remove(hand) {
      const IfMatch = await alter(hand, (config) => ({ ...config, Enabled: false }));
      await cdn(hand).send(new DeleteDistributionCommand({ Id: hand.id, IfMatch }));
    },
    // The next generation has a function and a store of its own; those of the first are its owner's to remove.
    resources: { functions: 2, stores: 2 },
    warning: /is gone; a new one is made, and the site's address changes/,
  },
  {
    name: 'the function and its store',
    async remove(hand) {
      const { FunctionAssociations } = await alterBehavior(hand, { FunctionAssociations: { Quantity: 0 } });
      const Name = FunctionAssociations?.Items?.[0]?.FunctionARN?.split('/').at(-1) ?? '';
      const { ETag: IfMatch } = await cdn(hand).send(new DescribeFunctionCommand({ Name }));
      await cdn(hand).send(new DeleteFunctionCommand({ Name, IfMatch }));
      const store = Name.replace(/-request$/, '-store');
      const { ETag } = await cdn(hand).send(new DescribeKeyValueStoreCommand({ Name: store }));
      await cdn(hand).send(new DeleteKeyValueStoreCommand({ Name: store, IfMatch: ETag }));
    },
  },
  {
    name: 'the cache policy',
    async remove(hand) {
      const { CachePolicyId: Id } = await alterBehavior(hand, {
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      });
      const { ETag: IfMatch } = await cdn(hand).send(new GetCachePolicyCommand({ Id }));
      await cdn(hand).send(new DeleteCachePolicyCommand({ Id, IfMatch }));
    },
  },
  {
    name: 'the response headers policy',
    async remove(hand) {
      const { ResponseHeadersPolicyId: Id } = await alterBehavior(hand, {
        ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03',
      });
      const { ETag: IfMatch } = await cdn(hand).send(new GetResponseHeadersPolicyCommand({ Id }));
      await cdn(hand).send(new DeleteResponseHeadersPolicyCommand({ Id, IfMatch }));
    },
  },
  {
    name: 'the origin access control',
    async remove(hand) {
      let Id = '';
      await alter(hand, (config) => {
        const [origin] = config.Origins?.Items ?? [];
        if (origin === undefined) throw new Error('a distribution has an origin');
        Id = origin.OriginAccessControlId ?? '';
        return { ...config, Origins: { Quantity: 1, Items: [{ ...origin, OriginAccessControlId: '' }] } };
      });
      const { ETag: IfMatch } = await cdn(hand).send(new GetOriginAccessControlCommand({ Id }));
      await cdn(hand).send(new DeleteOriginAccessControlCommand({ Id, IfMatch }));
    },
  },
  {
    name: 'the bucket policy',
    remove: (hand) => s3(hand).send(new DeleteBucketPolicyCommand({ Bucket: hand.project.bucket })),
  },
  ...['CdnpubRead', 'CdnpubList', 'CdnpubState'].map((sid) => ({
    name: `the statement ${sid} of the bucket policy`,
    async remove(hand: Hand) {
      const Bucket = hand.project.bucket;
      const { Policy = '' } = await s3(hand).send(new GetBucketPolicyCommand({ Bucket }));
      const policy = JSON.parse(Policy) as { readonly Statement: readonly { readonly Sid: string }[] };
      const Statement = policy.Statement.filter(({ Sid }) => !Sid.startsWith(sid));
      await s3(hand).send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ ...policy, Statement }) }));
    },
  })),
  {
    name: 'the public access block',
    remove: (hand) => s3(hand).send(new DeletePublicAccessBlockCommand({ Bucket: hand.project.bucket })),
  },
  {
    name: 'the bucket with all that was in it',
    warning: /^distribution E\w+ \(.*\) was made for this bucket before its record was lost/,
    async remove(hand) {
      await purge(hand.project, '');
      await s3(hand).send(new DeleteBucketCommand({ Bucket: hand.project.bucket }));
    },
    // Its record went with it: the new site knows nothing of the old one's distribution.
    resources: { distributions: 2, functions: 2, stores: 2 },
  },
];

test.each(rows.map((row) => [row.name, row] as const))(
  '%s, removed by hand, is made again by the next deploy',
  async (_, row) => {
    const bench = await openBench();
    const { cloud, project, deploy, publish } = bench;
    const first = await publish();
    const policies = await s3Client(cloud).send(new GetBucketPolicyCommand({ Bucket: project.bucket }));
    await row.remove({ ...bench, id: first.distribution?.id ?? '' });
    await bench.time.advance(60_000);
    expect(await deploy({ confirm: async () => false })).toMatchObject({ exit: 3, error: { code: 'E_CONFIRM' } });
    const { domain, warnings } = await publish();
    const { Policy = '' } = await s3Client(cloud).send(new GetBucketPolicyCommand({ Bucket: project.bucket }));
    if (domain === first.domain) expect(sids(Policy)).toEqual(sids(policies.Policy ?? ''));
    expect(warnings.join('\n')).toMatch(row.warning ?? /^$/);
    expect(await countResources(cloud)).toEqual({ ...oneOfEach, ...row.resources });
    const { PublicAccessBlockConfiguration: block = {} } = await s3Client(cloud).send(
      new GetPublicAccessBlockCommand({ Bucket: project.bucket }),
    );
    expect(Object.values(block)).toEqual([true, true, true, true]);
    for (const [path, text] of [
      ['/', smallSite['index.html']],
      ['/about/', smallSite['about/index.html']],
      ['/nowhere.css', smallSite['404.html']],
    ] as const)
      expect((await cloud.ask(domain, path)).text).toBe(text);
    expect((await cloud.ask(domain, '/.cdnpub/site.json')).status).toBe(404);
    expect(await siteKeysOf(project)).toEqual(Object.keys(smallSite).sort());
    expect(await deploy()).toMatchObject({ state: 'unchanged' });
  },
);

const sids = (policy: string): readonly string[] =>
  (JSON.parse(policy) as { readonly Statement: readonly { readonly Sid: string }[] }).Statement.map(
    ({ Sid }) => Sid,
  ).sort();
