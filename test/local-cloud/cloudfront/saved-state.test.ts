import {
  CreateDistributionCommand,
  CreateInvalidationCommand,
  CreateKeyValueStoreCommand,
  GetDistributionConfigCommand,
  GetFunctionCommand,
  GetInvalidationCommand,
} from '@aws-sdk/client-cloudfront';
import { DescribeKeyValueStoreCommand, GetKeyCommand, PutKeyCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFunction } from './rule-table.ts';
import { known, siteConfig, startTestCloud, type TestCloud } from './support.ts';

let before: TestCloud;
let after: TestCloud;
beforeAll(async () => {
  before = await startTestCloud();
  after = await startTestCloud();
});
afterAll(async () => {
  await before.close();
  await after.close();
});

test('all that matters outlives the process, as JSON', async () => {
  let changes = 0;
  before.cloud.onChange(() => {
    changes += 1;
  });
  const made = await before.client.send(new CreateDistributionCommand({ DistributionConfig: siteConfig() }));
  const Id = known(made.Distribution?.Id);
  const InvalidationBatch = { CallerReference: 'r', Paths: { Quantity: 1, Items: ['/a'] } };
  const batch = await before.client.send(new CreateInvalidationCommand({ DistributionId: Id, InvalidationBatch }));
  await createFunction(before.client, 'kept', 'LIVE');
  const store = await before.client.send(new CreateKeyValueStoreCommand({ Name: 'kept' }));
  const KvsARN = known(store.KeyValueStore?.ARN);
  before.advance(100);
  const { ETag } = await before.stores.send(new DescribeKeyValueStoreCommand({ KvsARN }));
  const put = new PutKeyCommand({ KvsARN, IfMatch: known(ETag), Key: 'clé', Value: 'v' });
  const written = await before.stores.send(put);
  expect(changes).toBe(6);

  after.advance(100);
  after.cloud.importState(JSON.parse(JSON.stringify(before.cloud.exportState())));
  const read = await after.client.send(new GetDistributionConfigCommand({ Id }));
  expect(read.ETag).toBe(made.ETag);
  expect(read.DistributionConfig).toEqual(made.Distribution?.DistributionConfig);
  const InvalidationId = known(batch.Invalidation?.Id);
  const found = await after.client.send(new GetInvalidationCommand({ DistributionId: Id, Id: InvalidationId }));
  expect(found.Invalidation?.InvalidationBatch).toEqual(InvalidationBatch);
  expect((await after.client.send(new GetFunctionCommand({ Name: 'kept', Stage: 'LIVE' }))).ETag).toBeDefined();
  expect((await after.stores.send(new GetKeyCommand({ KvsARN, Key: 'clé' }))).Value).toBe('v');
  const described = await after.stores.send(new DescribeKeyValueStoreCommand({ KvsARN }));
  expect(described).toMatchObject({ ETag: written.ETag, ItemCount: 1, TotalSizeInBytes: 5 });
  expect(after.cloud.viewAt(0).storeValue(KvsARN, 'clé')).toBe('v');
});

test('new names differ from those before', async () => {
  const first = await before.client.send(new CreateDistributionCommand({ DistributionConfig: siteConfig() }));
  after.cloud.importState(before.cloud.exportState());
  const second = await after.client.send(new CreateDistributionCommand({ DistributionConfig: siteConfig() }));
  expect(second.Distribution?.Id).not.toBe(first.Distribution?.Id);
});

test('what is of another version is refused', () => {
  expect(() => after.cloud.importState({ version: 2 })).toThrow('version 1');
});
