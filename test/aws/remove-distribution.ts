import {
  type CloudFrontClient,
  CloudFrontServiceException,
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
  paginateListKeyValueStores,
  UpdateDistributionCommand,
  waitUntilDistributionDeployed,
} from '@aws-sdk/client-cloudfront';

/** Disables a distribution, waits, and deletes it with its functions, their stores and what no other site uses. */
export async function removeDistribution(client: CloudFrontClient, Id: string): Promise<void> {
  const { DistributionConfig, ETag } = await client.send(new GetDistributionConfigCommand({ Id }));
  if (DistributionConfig === undefined) throw new Error(`distribution ${Id} has no config`);
  const off = { ...DistributionConfig, Enabled: false };
  const disabled = await client.send(new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig: off }));
  await waitUntilDistributionDeployed({ client, maxWaitTime: 1800, minDelay: 1, maxDelay: 15 }, { Id });
  await client.send(new DeleteDistributionCommand({ Id, IfMatch: disabled.ETag }));
  for (const { FunctionARN = '' } of DistributionConfig.DefaultCacheBehavior?.FunctionAssociations?.Items ?? []) {
    await removeFunction(client, FunctionARN.split('/').at(-1) ?? '');
  }
  await removeShared(client, DistributionConfig);
}

async function removeFunction(client: CloudFrontClient, Name: string): Promise<void> {
  const { ETag: IfMatch, FunctionSummary } = await client.send(new DescribeFunctionCommand({ Name }));
  await client.send(new DeleteFunctionCommand({ Name, IfMatch }));
  const stores = FunctionSummary?.FunctionConfig?.KeyValueStoreAssociations?.Items ?? [];
  const arns = stores.map(({ KeyValueStoreARN }) => KeyValueStoreARN);
  for await (const { KeyValueStoreList } of paginateListKeyValueStores({ client }, {})) {
    for (const { ARN, Name: name } of KeyValueStoreList?.Items ?? []) {
      if (name === undefined || !arns.includes(ARN)) continue;
      const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ Name: name }));
      await client.send(new DeleteKeyValueStoreCommand({ Name: name, IfMatch: ETag }));
    }
  }
}

/** All sites of an account share these; AWS refuses to delete what another one uses. */
async function removeShared(client: CloudFrontClient, config: DistributionConfig): Promise<void> {
  const { CachePolicyId, ResponseHeadersPolicyId } = config.DefaultCacheBehavior ?? {};
  await unlessInUse(async () => {
    const { ETag } = await client.send(new GetCachePolicyCommand({ Id: CachePolicyId }));
    await client.send(new DeleteCachePolicyCommand({ Id: CachePolicyId, IfMatch: ETag }));
  });
  await unlessInUse(async () => {
    const { ETag } = await client.send(new GetResponseHeadersPolicyCommand({ Id: ResponseHeadersPolicyId }));
    await client.send(new DeleteResponseHeadersPolicyCommand({ Id: ResponseHeadersPolicyId, IfMatch: ETag }));
  });
  for (const { OriginAccessControlId: Id } of config.Origins?.Items ?? []) {
    await unlessInUse(async () => {
      const { ETag } = await client.send(new GetOriginAccessControlCommand({ Id }));
      await client.send(new DeleteOriginAccessControlCommand({ Id, IfMatch: ETag }));
    });
  }
}

async function unlessInUse(remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof CloudFrontServiceException) || !/InUse$/.test(error.name)) throw error;
  }
}
