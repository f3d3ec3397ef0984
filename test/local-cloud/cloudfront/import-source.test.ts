import './quiet.ts';
import '@aws-sdk/signature-v4a';
import { Agent } from 'node:http';
import {
  CreateKeyValueStoreCommand,
  DeleteKeyValueStoreCommand,
  DescribeKeyValueStoreCommand,
} from '@aws-sdk/client-cloudfront';
import {
  CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand as DescribeKeysCommand,
  ListKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloudFrontClient, s3Client } from '../../support/s3-client.ts';
import { startCloud, type TestCloud } from '../../support/start-cloud.ts';
import { refusal } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startCloud({ delays: { storeReadyMs: 0 } });
  await s3Client(at).send(new CreateBucketCommand({ Bucket: 'source' }));
});
afterAll(() => at.close());

const put = (body: string) =>
  s3Client(at).send(new PutObjectCommand({ Bucket: 'source', Key: 'a folder/keys.json', Body: body }));

const create = (Name: string, source: object = {}) =>
  cloudFrontClient(at).send(
    new CreateKeyValueStoreCommand({
      Name,
      ImportSource: { SourceType: 'S3', SourceARN: 'arn:aws:s3:::source/a folder/keys.json', ...source },
    }),
  );

const read = (Name: string) => cloudFrontClient(at).send(new DescribeKeyValueStoreCommand({ Name }));

const data = (): CloudFrontKeyValueStoreClient =>
  new CloudFrontKeyValueStoreClient({
    endpoint: at.cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: at.cloud.accessKeyId, secretAccessKey: at.cloud.secretAccessKey },
    maxAttempts: 1,
    requestHandler: {
      httpAgent: new Agent({
        lookup: (_, options, done) =>
          options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
      }),
    },
  });

const fileOf = (pairs: readonly (readonly [string, string])[]): string =>
  JSON.stringify({ data: pairs.map(([key, value]) => ({ key, value })) });

test('a store is READY with what the file says', async () => {
  await put(
    fileOf([
      ['one', '1'],
      ['zwei', 'é'],
    ]),
  );
  const { KeyValueStore } = await create('filled');
  expect((await read('filled')).KeyValueStore?.Status).toBe('READY');
  const { Items } = await data().send(new ListKeysCommand({ KvsARN: KeyValueStore?.ARN }));
  expect(Items).toEqual([
    { Key: 'one', Value: '1' },
    { Key: 'zwei', Value: 'é' },
  ]);
  const told = await data().send(new DescribeKeysCommand({ KvsARN: KeyValueStore?.ARN }));
  expect(told).toMatchObject({ ItemCount: 2, TotalSizeInBytes: 10, Status: 'READY' });
});

const value = 'v'.repeat(1000);
const many = (count: number) => fileOf(Array.from({ length: count }, (_, index) => [String(index), value] as const));

test.each<readonly [name: string, file: string, reason: RegExp]>([
  ['no JSON', '{"data":[', /not valid JSON/],
  ['a list', '[{"key":"a","value":"b"}]', /not valid JSON/],
  ['a value that is no string', '{"data":[{"key":"a","value":1}]}', /not valid JSON/],
  ['a byte order mark', `\uFEFF${fileOf([['a', 'b']])}`, /not valid JSON/],
  [
    'a key twice',
    fileOf([
      ['a', '1'],
      ['a', '2'],
    ]),
    /duplicate keys/,
  ],
  ['a key of 513 bytes', fileOf([['k'.repeat(513), '1']]), /1 to 512 bytes/],
  ['a value of 1,025 bytes', fileOf([['k', 'v'.repeat(1025)]]), /at most 1024 bytes/],
  ['more than 5 MB', many(5200), /larger than 5 MB/],
])('%s: the store never becomes READY and tells why', async (name, file, reason) => {
  await put(file);
  const Name = name.replace(/\W+/g, '-');
  const { KeyValueStore } = await create(Name);
  const { KeyValueStore: found, ETag } = await read(Name);
  expect(found?.Status).toBe('FAILED');
  const told = await data().send(new DescribeKeysCommand({ KvsARN: KeyValueStore?.ARN }));
  expect(told.FailureReason).toMatch(reason);
  expect(await refusal(data().send(new ListKeysCommand({ KvsARN: KeyValueStore?.ARN })))).toBe('ConflictException 409');
  await cloudFrontClient(at).send(new DeleteKeyValueStoreCommand({ Name, IfMatch: ETag }));
});

const allowed = (...actions: readonly string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

test.each<readonly [name: string, source: object, actions: readonly string[], expected: string]>([
  ['another source type', { SourceType: 'EFS' }, ['*'], 'MalformedXML 400'],
  ['an ARN of a bucket', { SourceARN: 'arn:aws:s3:::source' }, ['*'], 'InvalidArgument 400'],
  ['no such bucket', { SourceARN: 'arn:aws:s3:::nowhere/k.json' }, ['*'], 'InvalidArgument 400'],
  ['no such object', { SourceARN: 'arn:aws:s3:::source/k.json' }, ['*'], 'InvalidArgument 400'],
  ['no right to read', {}, ['cloudfront:*', 's3:GetBucketLocation'], 'AccessDenied 403'],
  ['no right to ask where the bucket is', {}, ['cloudfront:*', 's3:GetObject'], 'AccessDenied 403'],
  ['both rights', {}, ['cloudfront:*', 's3:GetObject', 's3:GetBucketLocation'], 'accepted'],
])('%s', async (name, source, actions, expected) => {
  await put(fileOf([['a', 'b']]));
  at.cloud.usePolicy(allowed(...actions));
  try {
    expect(await refusal(create(name.replace(/\W+/g, '-'), source))).toBe(expected);
  } finally {
    at.cloud.usePolicy(undefined);
  }
});
