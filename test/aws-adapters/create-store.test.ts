import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { bucket, openAdapters } from './open-adapters.ts';

const source = `arn:aws:s3:::${bucket}/keys.json`;

const openFile = async (Body: string) => {
  const adapters = await openAdapters();
  await adapters.stranger.send(new PutObjectCommand({ Bucket: bucket, Key: 'keys.json', Body }));
  const create = () =>
    adapters.play(adapters.cdn.run({ kind: 'createStore', name: 'docs', load: { source, keys: {} } }, {}));
  return { ...adapters, create };
};

test('a store is made with its data once, and found the next time', async () => {
  const { create } = await openFile('{"data":[{"key":"a","value":"1"}]}');
  expect(await create()).toMatchObject({ 'store.loaded': 'yes' });
  expect(await create()).toMatchObject({ 'store.loaded': '' });
});

test('a store that could not take in its data is told by name, with what shows why', async () => {
  const { create } = await openFile('garbled');
  const refused = {
    code: 'E_SERVICE',
    message: expect.stringContaining('KeyValueStore docs is FAILED'),
    hints: [expect.stringContaining('describe-key-value-store --kvs-arn arn:aws:cloudfront::'), expect.anything()],
  };
  await expect(create()).rejects.toMatchObject(refused);
  // The next run finds it, and says the same.
  await expect(create()).rejects.toMatchObject(refused);
});
