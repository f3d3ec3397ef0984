import {
  CreateDistributionWithTagsCommand,
  CreateFunctionCommand,
  CreateKeyValueStoreCommand,
  DescribeKeyValueStoreCommand,
  ListDistributionsCommand,
} from '@aws-sdk/client-cloudfront';
import { CloudFrontKeyValueStoreClient, GetKeyCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import '@aws-sdk/signature-v4a';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud/start-local-cloud.ts';
import { cloudFrontClient, s3Client } from '../../support/s3-client.ts';

let cloud: LocalCloud;
let s3: S3Client;
let versionId: string;
const Bucket = 'docs-of-ann';
const user = 'arn:aws:iam::111122223333:user/local';

beforeAll(async () => {
  cloud = await startLocalCloud();
  s3 = s3Client({ cloud });
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'site/a.txt', Body: 'a' }));
  versionId = put.VersionId ?? '';
  await cloudFrontClient({ cloud }).send(new CreateKeyValueStoreCommand({ Name: 'words' }));
});
afterAll(() => cloud.close());
beforeEach(() => cloud.usePolicy(undefined));

interface Statement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string;
  readonly Condition?: object;
}

const hold = (...statements: readonly Statement[]): void =>
  cloud.usePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
    }),
  );

const tell = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: { readonly name: string; readonly $metadata?: { readonly httpStatusCode?: number } }) =>
      `${error.name} ${error.$metadata?.httpStatusCode}`,
  );

const arn = `arn:aws:s3:::${Bucket}`;
const read = () => s3.send(new GetObjectCommand({ Bucket, Key: 'site/a.txt' }));

describe('S3 holds the key to its policy', () => {
  const rows: readonly (readonly [string, readonly Statement[], () => Promise<unknown>, string])[] = [
    ['nothing allowed', [{ Action: 's3:ListBucket', Resource: arn }], read, 'AccessDenied 403'],
    ['the action and the key', [{ Action: 's3:GetObject', Resource: `${arn}/*` }], read, 'done'],
    ['a folder', [{ Action: 's3:GetObject', Resource: `${arn}/site/*` }], read, 'done'],
    ['another folder', [{ Action: 's3:GetObject', Resource: `${arn}/docs/*` }], read, 'AccessDenied 403'],
    ['another bucket', [{ Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' }], read, 'AccessDenied 403'],
    ['the bucket alone', [{ Action: 's3:GetObject', Resource: arn }], read, 'AccessDenied 403'],
    ['a wildcard in the action, in any case', [{ Action: 'S3:get*', Resource: '*' }], read, 'done'],
    ['all but a key', [{ Action: 's3:*', NotResource: `${arn}/site/*` }], read, 'AccessDenied 403'],
    ['all but an action', [{ NotAction: 's3:PutObject', Resource: '*' }], read, 'done'],
    [
      'an explicit deny over an allow',
      [
        { Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 's3:GetObject', Resource: `${arn}/site/*` },
      ],
      read,
      'AccessDenied 403',
    ],
    [
      'a condition that is met',
      [{ Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }],
      read,
      'done',
    ],
    [
      'a condition that is not',
      [{ Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }],
      read,
      'AccessDenied 403',
    ],
    [
      'a version, which has a permission of its own',
      [{ Action: 's3:GetObject', Resource: '*' }],
      () => s3.send(new GetObjectCommand({ Bucket, Key: 'site/a.txt', VersionId: versionId })),
      'AccessDenied 403',
    ],
    [
      'a copy, which reads its source',
      [{ Action: 's3:PutObject', Resource: '*' }],
      () => s3.send(new CopyObjectCommand({ Bucket, Key: 'site/b.txt', CopySource: `${Bucket}/site/a.txt` })),
      'AccessDenied 403',
    ],
    [
      'the list of buckets',
      [{ Action: 's3:ListAllMyBuckets', Resource: '*' }],
      () => s3.send(new ListBucketsCommand({})),
      'done',
    ],
    [
      'the list of buckets, which is no bucket’s',
      [{ Action: 's3:ListAllMyBuckets', Resource: arn }],
      () => s3.send(new ListBucketsCommand({})),
      'AccessDenied 403',
    ],
    [
      'a new bucket with tags, which need a permission of their own',
      [{ Action: 's3:CreateBucket', Resource: '*' }],
      () =>
        s3.send(
          new CreateBucketCommand({
            Bucket: 'docs-with-tags',
            CreateBucketConfiguration: { LocationConstraint: 'eu-west-1', Tags: [{ Key: 'a', Value: 'b' }] },
          }),
        ),
      'AccessDenied 403',
    ],
    [
      'a bucket’s policy, which only an owner without a policy may always repair',
      [{ Action: 's3:GetObject', Resource: '*' }],
      () => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{}' })),
      'AccessDenied 403',
    ],
    [
      'a HEAD, whose refusal has no words',
      [{ Action: 's3:GetObject', Resource: '*' }],
      () => s3.send(new HeadBucketCommand({ Bucket })),
      'Unknown 403',
    ],
  ];
  test.each(rows)('%s', async (_, statements, call, expected) => {
    hold(...statements);
    expect(await tell(call())).toBe(expected);
  });

  test('what the bucket policy allows to the key by name needs no other leave', async () => {
    const Principal = { AWS: user };
    const Statement = [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `${arn}/*` }];
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }));
    hold({ Action: 's3:ListBucket', Resource: arn });
    expect(await tell(read())).toBe('done');
    hold({ Effect: 'Deny', Action: 's3:GetObject', Resource: '*' });
    expect(await tell(read())).toBe('AccessDenied 403');
    cloud.usePolicy(undefined);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  });

  test('a batch of deletes is judged key by key', async () => {
    hold({ Action: 's3:DeleteObject', Resource: `${arn}/gone/*` });
    const Delete = { Objects: [{ Key: 'gone/a' }, { Key: 'kept/a' }] };
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['gone/a']);
    expect(Errors).toMatchObject([{ Key: 'kept/a', Code: 'AccessDenied' }]);
  });

  test('the refusal names who, what, on what and why', async () => {
    hold({ Action: 's3:PutObject', Resource: '*' });
    await expect(read()).rejects.toThrow(
      `User: ${user} is not authorized to perform: s3:GetObject on resource: "${arn}/site/a.txt" because no identity-based policy allows the s3:GetObject action`,
    );
    hold({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
    await expect(read()).rejects.toThrow(/with an explicit deny in an identity-based policy$/);
  });
});

describe('CloudFront and its store do too, in their own words', () => {
  const cdn = () => cloudFrontClient({ cloud });
  const distribution = () =>
    cdn().send(
      new CreateDistributionWithTagsCommand({
        DistributionConfigWithTags: { DistributionConfig: {}, Tags: { Items: [] } } as never,
      }),
    );
  const all = 'arn:aws:cloudfront::111122223333:';
  const rows: readonly (readonly [string, readonly Statement[], () => Promise<unknown>, string])[] = [
    [
      'a list',
      [{ Action: 'cloudfront:List*', Resource: '*' }],
      () => cdn().send(new ListDistributionsCommand({})),
      'done',
    ],
    [
      'a list, which is on nothing in particular',
      [{ Action: 'cloudfront:List*', Resource: `${all}distribution/*` }],
      () => cdn().send(new ListDistributionsCommand({})),
      'AccessDenied 403',
    ],
    [
      'a new distribution with tags',
      [{ Action: 'cloudfront:CreateDistribution', Resource: '*' }],
      distribution,
      'AccessDenied 403',
    ],
    [
      'a new distribution with tags, whose shape is judged when it is allowed',
      [{ Action: ['cloudfront:CreateDistribution', 'cloudfront:TagResource'], Resource: `${all}distribution/*` }],
      distribution,
      'MalformedXML 400',
    ],
    [
      'a function of another name',
      [{ Action: 'cloudfront:CreateFunction', Resource: `${all}function/docs-*` }],
      () => createFunction('blog-request'),
      'AccessDenied 403',
    ],
    [
      'a function of that name',
      [{ Action: 'cloudfront:CreateFunction', Resource: `${all}function/docs-*` }],
      () => createFunction('docs-request'),
      'done',
    ],
    [
      'a store of another ARN',
      [{ Action: 'cloudfront:DescribeKeyValueStore', Resource: `${all}distribution/*` }],
      () => cdn().send(new DescribeKeyValueStoreCommand({ Name: 'words' })),
      'AccessDenied 403',
    ],
    [
      'a store',
      [{ Action: 'cloudfront:DescribeKeyValueStore', Resource: `${all}key-value-store/*` }],
      () => cdn().send(new DescribeKeyValueStoreCommand({ Name: 'words' })),
      'done',
    ],
  ];
  const createFunction = (Name: string) =>
    cdn().send(
      new CreateFunctionCommand({
        Name,
        FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
        FunctionCode: new TextEncoder().encode('function handler(event) { return event.request; }'),
      }),
    );
  test.each(rows)('%s', async (_, statements, call, expected) => {
    hold(...statements);
    expect(await tell(call())).toBe(expected);
  });

  test('the keys of a store are another service', async () => {
    const { KeyValueStore } = await cdn().send(new DescribeKeyValueStoreCommand({ Name: 'words' }));
    const stores = new CloudFrontKeyValueStoreClient({
      endpoint: cloud.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: cloud.accessKeyId, secretAccessKey: cloud.secretAccessKey },
      requestHandler: s3.config.requestHandler,
    });
    const get = () => tell(stores.send(new GetKeyCommand({ KvsARN: KeyValueStore?.ARN ?? '', Key: 'a' })));
    hold({ Action: 'cloudfront:*', Resource: '*' });
    expect(await get()).toBe('AccessDeniedException 403');
    hold({ Action: 'cloudfront-keyvaluestore:GetKey', Resource: KeyValueStore?.ARN ?? '' });
    expect(await get()).toBe('ResourceNotFoundException 404');
  });
});

test('who calls may be asked by everybody, denied or not', async () => {
  hold({ Effect: 'Deny', Action: 'sts:*', Resource: '*' });
  const sts = new STSClient({
    endpoint: cloud.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: cloud.accessKeyId, secretAccessKey: cloud.secretAccessKey },
    requestHandler: s3.config.requestHandler,
  });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: user });
});

describe('what is no policy of an identity is refused', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const document = (given: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...given }] });
  test.each([
    ['no JSON', '{'],
    ['no statement', '{ "Version": "2012-10-17" }'],
    ['another version', JSON.stringify({ Version: '2020-01-01', Statement: [statement] })],
    ['a principal', document({ Principal: '*' })],
    ['an action without a service', document({ Action: 'GetObject' })],
    ['a resource that is no ARN', document({ Resource: 'bucket/key' })],
    ['a condition that is none', document({ Condition: { StringIs: { 'aws:username': 'ann' } } })],
    [
      'more than a role holds',
      document({ Resource: Array.from({ length: 300 }, (_, n) => `arn:aws:s3:::${'b'.repeat(30)}${n}`) }),
    ],
  ])('%s', (_, text) => {
    expect(() => cloud.usePolicy(text)).toThrow(expect.objectContaining({ code: 'MalformedPolicy' }));
  });
});
