import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, type LocalS3, startLocalS3 } from './local-s3.ts';

let s3: LocalS3;
beforeAll(async () => {
  s3 = await startLocalS3();
  send = s3.client.send.bind(s3.client) as S3Client['send'];
});
afterAll(() => s3.stop());
let send: S3Client['send'];
const create = (client: S3Client, Bucket: string, input: Partial<CreateBucketCommandInput> = {}) =>
  codeOf(client.send(new CreateBucketCommand({ Bucket, ...input })));
const located = (LocationConstraint: string) =>
  ({ CreateBucketConfiguration: { LocationConstraint } }) as Partial<CreateBucketCommandInput>;

describe('CreateBucket', () => {
  const rows: [string, string, string, Partial<CreateBucketCommandInput>, string][] = [
    ['us-east-1 without a location', 'us-east-1', 'loc-1', {}, 'ok'],
    ['us-east-1 naming itself', 'us-east-1', 'loc-2', located('us-east-1'), '400 InvalidLocationConstraint'],
    ['us-east-1 naming nowhere', 'us-east-1', 'loc-2', located('nowhere'), '400 InvalidLocationConstraint'],
    ['us-east-1 naming another', 'us-east-1', 'loc-3', located('eu-west-1'), 'ok'],
    ['elsewhere naming itself', 'eu-west-1', 'loc-4', located('eu-west-1'), 'ok'],
    ['elsewhere naming another', 'eu-west-1', 'loc-5', located('us-west-2'), '400 IllegalLocationConstraintException'],
  ];
  test.each(rows)('%s', async (_name, region, Bucket, input, expected) => {
    expect(await create(s3.clientIn(region), Bucket, input)).toBe(expected);
  });

  test('elsewhere without a location', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=F/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0';
    const headers = { authorization, 'x-amz-date': '20260101T000000Z' };
    const answer = await s3.ask({ method: 'PUT', path: '/loc-5', headers });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('IllegalLocationConstraintException')]);
  });

  const regional = { BucketNamespace: 'account-regional' } as const;
  const names: [string, Partial<CreateBucketCommandInput>, string][] = [
    ['abc', {}, 'ok'],
    ['a.b-c1', {}, 'ok'],
    ['ab', {}, '400 InvalidBucketName'],
    ['a'.repeat(63), {}, 'ok'],
    ['a'.repeat(64), {}, '400 InvalidBucketName'],
    ['Upper', {}, '400 InvalidBucketName'],
    ['under_score', {}, '400 InvalidBucketName'],
    ['-abc', {}, '400 InvalidBucketName'],
    ['abc-', {}, '400 InvalidBucketName'],
    ['a..b', {}, '400 InvalidBucketName'],
    ['192.168.5.4', {}, '400 InvalidBucketName'],
    ['xn--abc', {}, '400 InvalidBucketName'],
    ['sthree-abc', {}, '400 InvalidBucketName'],
    ['abc-s3alias', {}, '400 InvalidBucketName'],
    ['abc--ol-s3', {}, '400 InvalidBucketName'],
    ['site-111122223333-us-east-1-an', regional, 'ok'],
    ['site-111122223333-us-east-1-an', {}, '400 InvalidBucketName'],
    ['site-111122223333-eu-west-1-an', regional, '400 InvalidBucketName'],
    ['site-999922223333-us-east-1-an', regional, '400 InvalidBucketName'],
    ['site', regional, '400 InvalidBucketName'],
  ];
  test.each(names)('the name %s with %j: %s', async (Bucket, input, expected) => {
    expect(await create(s3.client, Bucket, input)).toBe(expected);
  });

  test('twice', async () => {
    await s3.bucket({ Bucket: 'twice' });
    expect(await create(s3.client, 'twice')).toBe('ok');
    expect(await create(s3.foreign, 'twice')).toBe('409 BucketAlreadyExists');
    const west = s3.clientIn('us-west-2');
    expect(await create(west, 'twice-west', located('us-west-2'))).toBe('ok');
    expect(await create(west, 'twice-west', located('us-west-2'))).toBe('409 BucketAlreadyOwnedByYou');
    expect(await create(s3.client, 'twice-west')).toBe('409 BucketAlreadyOwnedByYou');
  });

  test('with tags', async () => {
    const Tags = [{ Key: 'cdnpub:site', Value: 'docs' }];
    const Bucket = await s3.bucket({ CreateBucketConfiguration: { Tags } });
    expect((await send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(Tags);
  });

  test('an anonymous one is refused', async () => {
    expect((await s3.ask({ method: 'PUT', path: '/anonymous' })).status).toBe(403);
  });
});

test('a new bucket is private and has nothing configured', async () => {
  const Bucket = await s3.bucket();
  const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  expect((await send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual(all);
  const ownership = await send(new GetBucketOwnershipControlsCommand({ Bucket }));
  expect(ownership.OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  const encryption = await send(new GetBucketEncryptionCommand({ Bucket }));
  expect(encryption.ServerSideEncryptionConfiguration?.Rules).toEqual([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
  ]);
  expect((await send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
  expect((await send(new GetBucketAclCommand({ Bucket }))).Grants).toMatchObject([
    { Permission: 'FULL_CONTROL', Grantee: { Type: 'CanonicalUser' } },
  ]);
  const absent = {
    NoSuchBucketPolicy: send(new GetBucketPolicyCommand({ Bucket })),
    NoSuchTagSet: send(new GetBucketTaggingCommand({ Bucket })),
    NoSuchLifecycleConfiguration: send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
    NoSuchCORSConfiguration: send(new GetBucketCorsCommand({ Bucket })),
    NoSuchWebsiteConfiguration: send(new GetBucketWebsiteCommand({ Bucket })),
  };
  for (const [code, call] of Object.entries(absent)) expect(await codeOf(call)).toBe(`404 ${code}`);
});

describe('configurations are set, read and taken away', () => {
  test('public access block', async () => {
    const Bucket = await s3.bucket();
    await send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }));
    expect((await send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
    await send(new DeletePublicAccessBlockCommand({ Bucket }));
    const gone = send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(await codeOf(gone)).toBe('404 NoSuchPublicAccessBlockConfiguration');
  });

  test('tags', async () => {
    const Bucket = await s3.bucket();
    const TagSet = [
      { Key: 'a', Value: '' },
      { Key: 'b c', Value: 'x=y' },
    ];
    await send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect((await send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
    await send(new DeleteBucketTaggingCommand({ Bucket }));
    expect(await codeOf(send(new GetBucketTaggingCommand({ Bucket })))).toBe('404 NoSuchTagSet');
    const twice = [
      { Key: 'a', Value: '1' },
      { Key: 'a', Value: '2' },
    ];
    expect(await codeOf(send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: twice } })))).toBe(
      '400 InvalidTag',
    );
  });

  test('lifecycle', async () => {
    const Bucket = await s3.bucket();
    const Rules = [
      {
        ID: 'uploads',
        Status: 'Enabled' as const,
        Filter: { Prefix: 'a/' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
      { Status: 'Disabled' as const, Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
    ];
    await send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    const stored = await send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(stored.Rules).toEqual([Rules[0], { ...Rules[1], ID: expect.stringMatching(/./) }]);
    await send(new DeleteBucketLifecycleCommand({ Bucket }));
    const gone = send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(await codeOf(gone)).toBe('404 NoSuchLifecycleConfiguration');
  });

  test('ownership, and with it ACLs', async () => {
    const Bucket = await s3.bucket();
    const acl = () => codeOf(send(new PutBucketAclCommand({ Bucket, ACL: 'private' })));
    expect(await acl()).toBe('400 AccessControlListNotSupported');
    const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] };
    await send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    expect(await acl()).toBe('ok');
    const publicRead = send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'public-read' }));
    expect(await codeOf(publicRead)).toBe('403 AccessDenied');
    await send(new DeleteBucketOwnershipControlsCommand({ Bucket }));
    const gone = send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect(await codeOf(gone)).toBe('404 OwnershipControlsNotFoundError');
  });

  test('encryption, and with it the ETag', async () => {
    const Bucket = await s3.bucket();
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'k1' } };
    await send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } }));
    const put = () => send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    expect(await put()).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'k1' });
    expect((await put()).ETag).not.toBe('"9dd4e461268c8034f5c8564e155c67a6"');
    await send(new DeleteBucketEncryptionCommand({ Bucket }));
    expect((await put()).ETag).toBe('"9dd4e461268c8034f5c8564e155c67a6"');
  });

  test('versioning', async () => {
    const Bucket = await s3.bucket();
    const set = (Status: 'Enabled' | 'Suspended') =>
      send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    for (const status of ['Enabled', 'Suspended'] as const) {
      await set(status);
      expect((await send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe(status);
    }
    const unset = send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: {} }));
    expect(await codeOf(unset)).toBe('400 IllegalVersioningConfigurationException');
  });

  test('policy', async () => {
    const Bucket = await s3.bucket();
    const Policy = `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "000000000000" }, "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${Bucket}" }] }`;
    await send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    expect((await send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic).toBe(false);
    await send(new DeleteBucketPolicyCommand({ Bucket }));
    await send(new DeleteBucketPolicyCommand({ Bucket }));
    expect(await codeOf(send(new GetBucketPolicyCommand({ Bucket })))).toBe('404 NoSuchBucketPolicy');
  });
});

describe('regions', () => {
  test('a request signed for another one is told the right one', async () => {
    const west = s3.clientIn('us-west-2');
    await create(west, 'far-away', located('us-west-2'));
    const call = send(new ListObjectsV2Command({ Bucket: 'far-away' }));
    await expect(call).rejects.toMatchObject({
      name: 'PermanentRedirect',
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'us-west-2' } },
    });
    const head = send(new HeadBucketCommand({ Bucket: 'far-away' }));
    await expect(head).rejects.toMatchObject({
      $response: { statusCode: 301, headers: { 'x-amz-bucket-region': 'us-west-2' } },
    });
    expect((await west.send(new HeadBucketCommand({ Bucket: 'far-away' }))).BucketRegion).toBe('us-west-2');
    const location = await send(new GetBucketLocationCommand({ Bucket: 'far-away' }));
    expect(location.LocationConstraint).toBe('us-west-2');
    const { endpoint, accessKeyId, secretAccessKey } = s3.cloud;
    const followed = new S3Client({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      followRegionRedirects: true,
      credentials: { accessKeyId, secretAccessKey },
    });
    expect((await followed.send(new ListObjectsV2Command({ Bucket: 'far-away' }))).KeyCount).toBe(0);
  });

  test('host-style for us-east-1 finds its scope wrong', async () => {
    await create(s3.clientIn('us-west-2'), 'far-host', located('us-west-2'));
    const authorization =
      'AWS4-HMAC-SHA256 Credential=F/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';
    const headers = { host: 'far-host.localhost', authorization, 'x-amz-date': '20260101T000000Z' };
    const answer = await s3.ask({ path: '/k', headers });
    expect([answer.status, answer.headers['x-amz-bucket-region']]).toEqual([400, 'us-west-2']);
    expect(answer.text).toContain('<Code>AuthorizationHeaderMalformed</Code>');
    expect(answer.text).toContain('<Region>us-west-2</Region>');
  });

  test('us-east-1 has no location', async () => {
    const Bucket = await s3.bucket();
    expect((await send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeFalsy();
  });
});

describe('whose bucket', () => {
  test('a foreign account is refused, and so is nobody', async () => {
    const Bucket = await s3.bucket();
    await send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    expect(await codeOf(s3.foreign.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('403 AccessDenied');
    expect(await codeOf(s3.foreign.send(new GetObjectCommand({ Bucket, Key: 'missing' })))).toBe('403 AccessDenied');
    expect(await codeOf(s3.foreign.send(new HeadBucketCommand({ Bucket })))).toMatch(/^403 /);
    const nobody = await s3.ask({ method: 'HEAD', path: `/${Bucket}` });
    expect([nobody.status, nobody.headers['x-amz-bucket-region']]).toEqual([403, 'us-east-1']);
    expect((await s3.ask({ path: `/${Bucket}/k` })).status).toBe(403);
    expect((await s3.ask({ path: `/${Bucket}` })).status).toBe(403);
    expect((await s3.ask({ path: '/no-such-bucket/k' })).status).toBe(404);
  });

  test.each([
    ['111122223333', 'ok'],
    ['999988887777', '403 AccessDenied'],
  ])('ExpectedBucketOwner %s: %s', async (ExpectedBucketOwner, expected) => {
    const Bucket = await s3.bucket();
    const call = send(new ListObjectsV2Command({ Bucket, ExpectedBucketOwner }));
    expect(await codeOf(call)).toBe(expected);
  });

  test('ListBuckets shows one account its own', async () => {
    await s3.bucket({ Bucket: 'mine-1' });
    await create(s3.foreign, 'theirs-1');
    const names = async (client: S3Client, Prefix: string) =>
      (await client.send(new ListBucketsCommand({ Prefix }))).Buckets?.map((each) => [each.Name, each.BucketRegion]);
    expect(await names(s3.client, 'mine-')).toEqual([['mine-1', 'us-east-1']]);
    expect((await names(s3.client, 'theirs-')) ?? []).toEqual([]);
    expect(await names(s3.foreign, 'theirs-')).toEqual([['theirs-1', 'us-east-1']]);
  });
});

test('only an empty bucket can be deleted', async () => {
  const Bucket = await s3.bucket();
  await send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  expect(await codeOf(send(new DeleteBucketCommand({ Bucket })))).toBe('409 BucketNotEmpty');
  const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
  await send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(await codeOf(send(new DeleteBucketCommand({ Bucket })))).toBe('ok');
  expect(await codeOf(send(new ListObjectsV2Command({ Bucket })))).toBe('404 NoSuchBucket');
});
