import {
  CreateCachePolicyCommand,
  CreateFunctionCommand,
  CreateInvalidationCommand,
  CreateKeyValueStoreCommand,
  DeleteFunctionCommand,
  DescribeFunctionCommand,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  PublishFunctionCommand,
  UpdateCachePolicyCommand,
  UpdateDistributionCommand,
  UpdateFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import { DescribeKeyValueStoreCommand, UpdateKeysCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPropagation, type Lag, seededLag } from '../../../src/local-cloud/propagation.ts';
import { functionArn } from './rule-table.ts';
import { behavior, createSite, known, startTestCloud, type TestCloud } from './support.ts';

/** Place 0 sees all at once, place 1 in the middle and place 2 at the very end. */
const lag: Lag = (place) => (place === 0 ? 0 : place === 1 ? 0.5 : 1);
const places = [0, 1, 2] as const;
const deployMs = 300;

let at: TestCloud;
beforeEach(async () => {
  at = await startTestCloud({ propagation: createPropagation({ lag, region: 'none' }), storeSettleMs: 300 });
});
afterEach(() => at.close());

const views = () => places.map((place) => at.cloud.viewAt(place));

describe('a distribution', () => {
  test('answers where it has arrived', async () => {
    const { domain } = await createSite(at.client);
    const seen = () => views().map((view) => view.distributionByHost(domain) !== undefined);
    const latest = () => views().map((view) => view.latestDistribution()?.domain === domain);
    expect([seen(), latest()]).toEqual([
      [true, false, false],
      [true, false, false],
    ]);
    at.advance(deployMs / 2);
    expect(seen()).toEqual([true, true, false]);
    at.advance(deployMs / 2);
    expect([seen(), latest()]).toEqual([
      [true, true, true],
      [true, true, true],
    ]);
  });

  test('is served as it was until the change has arrived, and Deployed when it has everywhere', async () => {
    const { id, domain } = await createSite(at.client, { DefaultRootObject: 'one' });
    at.advance(deployMs);
    await update(id, { DefaultRootObject: 'two' });
    const roots = () => views().map((view) => view.distributionByHost(domain)?.defaultRootObject);
    const status = async () => (await at.client.send(new GetDistributionCommand({ Id: id }))).Distribution?.Status;
    expect([roots(), await status()]).toEqual([['two', 'one', 'one'], 'InProgress']);
    at.advance(deployMs / 2);
    expect([roots(), await status()]).toEqual([['two', 'two', 'one'], 'InProgress']);
    at.advance(deployMs / 2);
    expect([roots(), await status()]).toEqual([['two', 'two', 'two'], 'Deployed']);
  });

  test('is never seen going back', async () => {
    const { id, domain } = await createSite(at.client, { DefaultRootObject: '0' });
    at.advance(deployMs);
    const seen: string[][] = places.map(() => []);
    for (const root of ['1', '2', '3', '4', '5', '5', '5']) {
      await update(id, { DefaultRootObject: root });
      at.advance(deployMs / 3);
      for (const place of places)
        seen[place]?.push(at.cloud.viewAt(place).distributionByHost(domain)?.defaultRootObject ?? '');
    }
    for (const roots of seen) expect(roots).toEqual([...roots].sort());
    expect(new Set(seen.map((roots) => roots.join())).size).toBe(3);
  });

  test('that is disabled is gone where that has arrived', async () => {
    const { id, domain } = await createSite(at.client);
    at.advance(deployMs);
    await update(id, { Enabled: false });
    expect(views().map((view) => view.distributionByHost(domain) !== undefined)).toEqual([false, true, true]);
  });

  test('and all else has arrived everywhere after a restart', async () => {
    const { domain } = await createSite(at.client);
    at.cloud.importState(JSON.parse(JSON.stringify(at.cloud.exportState())));
    expect(views().map((view) => view.distributionByHost(domain) !== undefined)).toEqual([true, true, true]);
  });

  async function update(Id: string, changes: object) {
    const { DistributionConfig, ETag } = await at.client.send(new GetDistributionConfigCommand({ Id }));
    if (DistributionConfig === undefined) throw new Error('The distribution has no config.');
    const IfMatch = known(ETag);
    await at.client.send(
      new UpdateDistributionCommand({ Id, IfMatch, DistributionConfig: { ...DistributionConfig, ...changes } }),
    );
  }
});

describe('a function', () => {
  const FunctionConfig = { Comment: '', Runtime: 'cloudfront-js-2.0' as const };
  const FunctionCode = (text: string) => Buffer.from(text);
  const codes = (name: string) => views().map((view) => view.liveFunction(functionArn(name))?.code);

  async function create(Name: string) {
    const made = await at.client.send(
      new CreateFunctionCommand({ Name, FunctionConfig, FunctionCode: FunctionCode('1') }),
    );
    await at.client.send(new PublishFunctionCommand({ Name, IfMatch: known(made.ETag) }));
    return known(made.ETag);
  }
  async function republish(Name: string, etag: string, text: string) {
    const input = { Name, IfMatch: etag, FunctionConfig, FunctionCode: FunctionCode(text) };
    const { ETag } = await at.client.send(new UpdateFunctionCommand(input));
    await at.client.send(new PublishFunctionCommand({ Name, IfMatch: known(ETag) }));
    return known(ETag);
  }

  test('is there as soon as it is published first: a distribution that runs it comes later', async () => {
    await create('fresh');
    expect(codes('fresh')).toEqual(['1', '1', '1']);
  });

  test('runs as it was until the new one has arrived, and is DEPLOYED when it has everywhere', async () => {
    const Name = 'changed';
    const etag = await create(Name);
    const Items = [{ EventType: 'viewer-request' as const, FunctionARN: functionArn(Name) }];
    const FunctionAssociations = { Quantity: 1, Items };
    await createSite(at.client, { DefaultCacheBehavior: behavior({ FunctionAssociations }) });
    at.advance(deployMs);
    await republish(Name, etag, '2');
    const status = async () =>
      (await at.client.send(new DescribeFunctionCommand({ Name, Stage: 'LIVE' }))).FunctionSummary?.Status;
    expect([codes(Name), await status()]).toEqual([['2', '1', '1'], 'IN_PROGRESS']);
    at.advance(deployMs / 2);
    expect([codes(Name), await status()]).toEqual([['2', '2', '1'], 'IN_PROGRESS']);
    at.advance(deployMs / 2);
    expect([codes(Name), await status()]).toEqual([['2', '2', '2'], 'DEPLOYED']);
  });

  test('that only changed in DEVELOPMENT is not seen', async () => {
    const etag = await create('edited');
    const input = { Name: 'edited', IfMatch: etag, FunctionConfig, FunctionCode: FunctionCode('2') };
    await at.client.send(new UpdateFunctionCommand(input));
    at.advance(deployMs);
    expect(codes('edited')).toEqual(['1', '1', '1']);
  });

  test('that was deleted still runs where the distribution that names it is', async () => {
    const etag = await create('deleted');
    await at.client.send(new DeleteFunctionCommand({ Name: 'deleted', IfMatch: etag }));
    expect(codes('deleted')).toEqual(['1', '1', '1']);
  });
});

test('a policy is as it was until the change has arrived', async () => {
  const config = (DefaultTTL: number) => ({ Name: 'p', MinTTL: 0, DefaultTTL, MaxTTL: 100 });
  const made = await at.client.send(new CreateCachePolicyCommand({ CachePolicyConfig: config(1) }));
  const Id = known(made.CachePolicy?.Id);
  const ttls = () => views().map((view) => view.cachePolicy(Id)?.defaultTtlSeconds);
  expect(ttls()).toEqual([1, 1, 1]);
  at.advance(deployMs);
  const change = { Id, IfMatch: known(made.ETag), CachePolicyConfig: config(2) };
  await at.client.send(new UpdateCachePolicyCommand(change));
  expect(ttls()).toEqual([2, 1, 1]);
  at.advance(deployMs);
  expect(ttls()).toEqual([2, 2, 2]);
});

test('a write to a store arrives as a whole', async () => {
  const { KeyValueStore } = await at.client.send(new CreateKeyValueStoreCommand({ Name: 'store' }));
  const KvsARN = known(KeyValueStore?.ARN);
  at.advance(100);
  const update = async (value: string) => {
    const { ETag } = await at.stores.send(new DescribeKeyValueStoreCommand({ KvsARN }));
    const Puts = ['a', 'b'].map((Key) => ({ Key, Value: value }));
    await at.stores.send(new UpdateKeysCommand({ KvsARN, IfMatch: known(ETag), Puts }));
  };
  const seen = () => views().map((view) => ['a', 'b'].map((key) => view.storeValue(KvsARN, key) ?? '').join());
  await update('1');
  at.advance(300);
  await update('2');
  expect(seen()).toEqual(['2,2', '1,1', '1,1']);
  at.advance(150);
  expect(seen()).toEqual(['2,2', '2,2', '1,1']);
  await update('3');
  expect(seen()).toEqual(['3,3', '2,2', '1,1']);
  at.advance(150);
  expect(seen()).toEqual(['3,3', '3,3', '2,2']);
  at.advance(150);
  expect(seen()).toEqual(['3,3', '3,3', '3,3']);
});

test('with seeded lags whatever is said to be done has arrived everywhere, and mostly not at once', async () => {
  await at.close();
  at = await startTestCloud({ propagation: createPropagation({ lag: seededLag('7'), region: 'first' }) });
  const { id } = await createSite(at.client);
  const InvalidationBatch = { CallerReference: 'r', Paths: { Quantity: 1, Items: ['/*'] } };
  await at.client.send(new CreateInvalidationCommand({ DistributionId: id, InvalidationBatch }));
  const arrived = (place: number | 'region') => at.cloud.viewAt(place).invalidations(id, new Set()).length;
  const all = ['region', 0, 1, 2, 3, 4, 5, 6, 7] as const;
  const times = new Map<string, number>();
  for (let ms = 0; ms <= 200; ms++) {
    for (const place of all) if (arrived(place) === 1 && !times.has(`${place}`)) times.set(`${place}`, ms);
    at.advance(1);
  }
  expect(times.size).toBe(all.length);
  expect(times.get('region')).toBeLessThanOrEqual(100);
  expect(new Set(times.values()).size).toBeGreaterThan(5);
  expect(Math.min(...all.slice(1).map((place) => times.get(`${place}`) ?? 0))).toBeGreaterThanOrEqual(100);
});
