import {
  CreateFunctionCommand,
  CreateInvalidationCommand,
  CreateKeyValueStoreCommand,
  PublishFunctionCommand,
  UpdateFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functionArn } from './rule-table.ts';
import { createSite, known, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

test('a function is what was published last', async () => {
  const store = await at.client.send(new CreateKeyValueStoreCommand({ Name: 'of-function' }));
  const KeyValueStoreARN = known(store.KeyValueStore?.ARN);
  at.advance(100);
  const FunctionConfig = {
    Comment: '',
    Runtime: 'cloudfront-js-2.0' as const,
    KeyValueStoreAssociations: { Quantity: 1, Items: [{ KeyValueStoreARN }] },
  };
  const Name = 'published';
  const live = () => at.cloud.viewAt(0).liveFunction(functionArn(Name));
  const made = await at.client.send(
    new CreateFunctionCommand({ Name, FunctionConfig, FunctionCode: Buffer.from('// é') }),
  );
  expect(live()).toBeUndefined();
  await at.client.send(new PublishFunctionCommand({ Name, IfMatch: known(made.ETag) }));
  const first = { arn: functionArn(Name), name: Name, runtime: 'cloudfront-js-2.0', storeArns: [KeyValueStoreARN] };
  expect(live()).toEqual({ ...first, version: 1, code: '// é' });
  const updated = await at.client.send(
    new UpdateFunctionCommand({ Name, IfMatch: known(made.ETag), FunctionConfig, FunctionCode: Buffer.from('2') }),
  );
  expect(live()?.code).toBe('// é');
  await at.client.send(new PublishFunctionCommand({ Name, IfMatch: known(updated.ETag) }));
  expect(live()).toEqual({ ...first, version: 2, code: '2' });
});

test('invalidations are told until they are taken', async () => {
  const { id } = await createSite(at.client);
  const invalidate = async (...Items: string[]) => {
    const InvalidationBatch = { CallerReference: Items.join(), Paths: { Quantity: Items.length, Items } };
    const made = await at.client.send(new CreateInvalidationCommand({ DistributionId: id, InvalidationBatch }));
    return known(made.Invalidation?.Id);
  };
  expect(at.cloud.viewAt(0).invalidations(id, new Set())).toEqual([]);
  const first = await invalidate('/a', '/b/*');
  const second = await invalidate('/c');
  const all = at.cloud.viewAt(0).invalidations(id, new Set());
  expect(all).toMatchObject([
    { serial: 1, id: first, at: at.now(), items: ['/a', '/b/*'] },
    { serial: 2, id: second, at: at.now(), items: ['/c'] },
  ]);
  expect(at.cloud.viewAt(0).invalidations(id, new Set([1]))).toEqual(all.slice(1));
  expect(at.cloud.viewAt(0).invalidations(id, new Set([1, 2]))).toEqual([]);
});
