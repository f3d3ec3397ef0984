import {
  CreateFunctionCommand,
  CreateKeyValueStoreCommand,
  DeleteFunctionCommand,
  DeleteKeyValueStoreCommand,
  DescribeKeyValueStoreCommand,
  ListKeyValueStoresCommand,
  ListTagsForResourceCommand,
  UpdateKeyValueStoreCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { account, known, refusal, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

const create = (Name: string, more: object = {}) => at.client.send(new CreateKeyValueStoreCommand({ Name, ...more }));
const read = (Name: string) => at.client.send(new DescribeKeyValueStoreCommand({ Name }));
const remove = (Name: string, IfMatch: string) => at.client.send(new DeleteKeyValueStoreCommand({ Name, IfMatch }));

test('is PROVISIONING and some time later READY', async () => {
  const { KeyValueStore, ETag, Location } = await create('fresh', { Comment: 'c' });
  expect(KeyValueStore).toMatchObject({ Name: 'fresh', Comment: 'c', Status: 'PROVISIONING' });
  expect(KeyValueStore?.ARN).toBe(`arn:aws:cloudfront::${account}:key-value-store/${KeyValueStore?.Id}`);
  expect(KeyValueStore?.Id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(Location).toBe('https://cloudfront.amazonaws.com/2020-05-31/key-value-store/fresh');
  at.advance(100);
  const after = await read('fresh');
  expect(after.KeyValueStore).toEqual({ ...KeyValueStore, Status: 'READY' });
  expect(after.ETag).toBe(ETag);
});

test.each([
  ['a name that is taken', 'taken', {}, 'EntityAlreadyExists 409'],
  ['a name with a space', 'a b', {}, 'InvalidArgument 400'],
  ['a comment of 129 characters', 'long', { Comment: 'c'.repeat(129) }, 'InvalidArgument 400'],
  [
    'an import from a bucket that is not there',
    'import',
    { ImportSource: { SourceType: 'S3', SourceARN: 'arn:aws:s3:::b/k.json' } },
    'InvalidArgument 400',
  ],
])('%s is refused', async (_, name, more, code) => {
  await refusal(create('taken'));
  expect(await refusal(create(name, more))).toBe(code);
});

test('tags from the start', async () => {
  const { KeyValueStore } = await create('tagged', { Tags: { Items: [{ Key: 'site', Value: 'docs' }] } });
  const { Tags } = await at.client.send(new ListTagsForResourceCommand({ Resource: KeyValueStore?.ARN }));
  expect(Tags?.Items).toEqual([{ Key: 'site', Value: 'docs' }]);
});

test('only the comment can be changed, under a new ETag', async () => {
  const { ETag } = await create('commented', { Comment: 'before' });
  const update = () =>
    at.client.send(new UpdateKeyValueStoreCommand({ Name: 'commented', Comment: 'after', IfMatch: known(ETag) }));
  const updated = await update();
  expect(updated.KeyValueStore?.Comment).toBe('after');
  expect(updated.ETag).not.toBe(ETag);
  expect(await refusal(update())).toBe('PreconditionFailed 412');
});

test('lists by status, in pages', async () => {
  const fresh = await startTestCloud();
  try {
    const make = (Name: string) => fresh.client.send(new CreateKeyValueStoreCommand({ Name }));
    await make('a');
    await make('b');
    fresh.advance(100);
    await make('c');
    const names = async (input: object) => {
      const { KeyValueStoreList } = await fresh.client.send(new ListKeyValueStoresCommand(input));
      return { names: KeyValueStoreList?.Items?.map((item) => item.Name), next: KeyValueStoreList?.NextMarker };
    };
    expect(await names({})).toEqual({ names: ['a', 'b', 'c'], next: undefined });
    expect(await names({ Status: 'READY' })).toEqual({ names: ['a', 'b'], next: undefined });
    expect(await names({ MaxItems: 2 })).toEqual({ names: ['a', 'b'], next: 'b' });
    expect(await names({ Marker: 'b' })).toEqual({ names: ['c'], next: undefined });
  } finally {
    await fresh.close();
  }
});

test('cannot be deleted while a function is associated with it', async () => {
  const { KeyValueStore, ETag } = await create('used');
  at.advance(100);
  const Items = [{ KeyValueStoreARN: KeyValueStore?.ARN }];
  const made = await at.client.send(
    new CreateFunctionCommand({
      Name: 'user',
      FunctionConfig: {
        Comment: '',
        Runtime: 'cloudfront-js-2.0',
        KeyValueStoreAssociations: { Quantity: 1, Items },
      },
      FunctionCode: Buffer.from('x'),
    }),
  );
  expect(await refusal(remove('used', known(ETag)))).toBe('CannotDeleteEntityWhileInUse 409');
  await at.client.send(new DeleteFunctionCommand({ Name: 'user', IfMatch: known(made.ETag) }));
  await remove('used', known(ETag));
  expect(await refusal(read('used'))).toBe('EntityNotFound 404');
});

test("another account's is not found", async () => {
  await create('private');
  const other = at.foreign.send(new DescribeKeyValueStoreCommand({ Name: 'private' }));
  expect(await refusal(other)).toBe('EntityNotFound 404');
});
