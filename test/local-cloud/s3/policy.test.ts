import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluatePolicy } from '../../../src/local-cloud/policy/evaluate-policy.ts';
import { isPublicPolicy } from '../../../src/local-cloud/policy/is-public-policy.ts';
import { parseBucketPolicy } from '../../../src/local-cloud/policy/parse-bucket-policy.ts';
import { isWildcardMatch } from '../../../src/local-cloud/policy/wildcard.ts';
import type { Caller } from '../../../src/local-cloud/wire.ts';
import { codeOf, type LocalS3, startLocalS3 } from './local-s3.ts';

const parse = (...statements: object[]) =>
  parseBucketPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'b');
const everything = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const sourceArn = 'arn:aws:cloudfront::111122223333:distribution/E1';
const edge: Caller = { kind: 'service', service: 'cloudfront.amazonaws.com', sourceArn };
const nobody: Caller = { kind: 'anonymous' };
const account: Caller = {
  kind: 'account',
  account: '123456789012',
  accessKeyId: 'A',
  arn: 'arn:aws:iam::123456789012:user/ann',
};

describe('who, what and where', () => {
  const forEdge = { ...everything, Principal: { Service: 'cloudfront.amazonaws.com' } };
  const rows: [string, object, Caller, string, string, string][] = [
    ['everyone', {}, nobody, 's3:GetObject', 'b/k', 'allow'],
    ['everyone is also a service', {}, edge, 's3:GetObject', 'b/k', 'allow'],
    ['AWS: * is everyone', { Principal: { AWS: '*' } }, nobody, 's3:GetObject', 'b/k', 'allow'],
    ['the service', forEdge, edge, 's3:GetObject', 'b/k', 'allow'],
    ['no service but this', forEdge, account, 's3:GetObject', 'b/k', 'none'],
    ['an account by number', { Principal: { AWS: '123456789012' } }, account, 's3:GetObject', 'b/k', 'allow'],
    [
      'an account by root',
      { Principal: { AWS: 'arn:aws:iam::123456789012:root' } },
      account,
      's3:GetObject',
      'b/k',
      'allow',
    ],
    ['a user', { Principal: { AWS: ['arn:aws:iam::123456789012:user/ann'] } }, account, 's3:GetObject', 'b/k', 'allow'],
    [
      'another user',
      { Principal: { AWS: 'arn:aws:iam::123456789012:user/bob' } },
      account,
      's3:GetObject',
      'b/k',
      'none',
    ],
    [
      'all but an account',
      { Principal: undefined, NotPrincipal: { AWS: '123456789012' } },
      account,
      's3:GetObject',
      'b/k',
      'none',
    ],
    ['another action', {}, nobody, 's3:PutObject', 'b/k', 'none'],
    ['actions in any case', { Action: 'S3:getobject' }, nobody, 's3:GetObject', 'b/k', 'allow'],
    ['an action pattern', { Action: 's3:Get*' }, nobody, 's3:GetObjectTagging', 'b/k', 'allow'],
    ['all but an action', { Action: undefined, NotAction: 's3:GetObject' }, nobody, 's3:PutObject', 'b/k', 'allow'],
    ['a prefix', { Resource: 'arn:aws:s3:::b/docs/*' }, nobody, 's3:GetObject', 'b/docs/a/b', 'allow'],
    ['not outside the prefix', { Resource: 'arn:aws:s3:::b/docs/*' }, nobody, 's3:GetObject', 'b/other', 'none'],
    ['keys in their own case', { Resource: 'arn:aws:s3:::b/Docs/*' }, nobody, 's3:GetObject', 'b/docs/a', 'none'],
    ['any one character', { Resource: 'arn:aws:s3:::b/?' }, nobody, 's3:GetObject', 'b/k', 'allow'],
    ['the bucket is not its objects', {}, nobody, 's3:GetObject', 'b', 'none'],
    [
      'all but a resource',
      { Resource: undefined, NotResource: 'arn:aws:s3:::b/x' },
      nobody,
      's3:GetObject',
      'b/k',
      'allow',
    ],
  ];
  test.each(rows)('%s', (_name, change, caller, action, path, expected) => {
    const resource = `arn:aws:s3:::${path}`;
    expect(evaluatePolicy(parse({ ...everything, ...change }), { caller, action, resource, context: {} })).toBe(
      expected,
    );
  });

  test('an explicit Deny wins', () => {
    const policy = parse(everything, { ...everything, Effect: 'Deny', Resource: 'arn:aws:s3:::b/.cdnpub/*' });
    const ask = (key: string) =>
      evaluatePolicy(policy, {
        caller: nobody,
        action: 's3:GetObject',
        resource: `arn:aws:s3:::b/${key}`,
        context: {},
      });
    expect([ask('a'), ask('.cdnpub/x')]).toEqual(['allow', 'deny']);
  });
});

describe('conditions', () => {
  const keys = {
    'aws:sourcearn': sourceArn,
    's3:prefix': 'docs/a',
    'aws:securetransport': 'true',
    's3:max-keys': '5',
    'aws:sourceip': '127.0.0.1',
  };
  const rows: [object, 'allow' | 'none'][] = [
    [{ StringEquals: { 'AWS:SourceArn': sourceArn } }, 'allow'],
    [{ StringEquals: { 'aws:SourceArn': ['x', sourceArn] } }, 'allow'],
    [{ StringEquals: { 'aws:SourceArn': `${sourceArn}2` } }, 'none'],
    [{ StringEquals: { 'aws:SourceAccount': '1' } }, 'none'],
    [{ StringEqualsIfExists: { 'aws:SourceAccount': '1' } }, 'allow'],
    [{ StringNotEquals: { 'aws:PrincipalAccount': '1' } }, 'allow'],
    [{ StringNotEquals: { 's3:prefix': 'docs/a' } }, 'none'],
    [{ StringEqualsIgnoreCase: { 's3:prefix': 'DOCS/A' } }, 'allow'],
    [{ StringLike: { 's3:prefix': ['docs/*', 'x'] } }, 'allow'],
    [{ StringLike: { 's3:prefix': 'docs/?' } }, 'allow'],
    [{ StringNotLike: { 's3:prefix': 'docs/*' } }, 'none'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::*:distribution/E*' } }, 'allow'],
    [{ ArnEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/*' } }, 'allow'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:*:distribution/E1' } }, 'none'],
    [{ ArnNotEquals: { 'aws:SourceArn': sourceArn } }, 'none'],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, 'allow'],
    [{ Bool: { 'aws:SecureTransport': false } }, 'none'],
    [{ Null: { 'aws:SourceVpc': 'true' } }, 'allow'],
    [{ Null: { 's3:prefix': true } }, 'none'],
    [{ NumericLessThanEquals: { 's3:max-keys': 5 } }, 'allow'],
    [{ NumericGreaterThan: { 's3:max-keys': '5' } }, 'none'],
    [{ IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, 'allow'],
    [{ NotIpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, 'none'],
    [{ StringEquals: { 's3:prefix': 'docs/a' }, Bool: { 'aws:SecureTransport': 'false' } }, 'none'],
  ];
  test.each(rows)('%j: %s', (Condition, expected) => {
    const policy = parse({ ...everything, Condition });
    const question = { caller: edge, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: keys };
    expect(evaluatePolicy(policy, question)).toBe(expected);
  });
});

describe('a malformed policy is refused', () => {
  const rows: [string, unknown][] = [
    ['no JSON', 'nonsense'],
    ['a list', []],
    ['no statement', { Version: '2012-10-17' }],
    ['an empty statement list', { Statement: [] }],
    ['an unknown version', { Version: '2020-01-01', Statement: [everything] }],
    ['an unknown field', { Statement: [everything], Extra: 1 }],
    ['an unknown field in a statement', { Statement: [{ ...everything, Actions: 's3:*' }] }],
    ['an unknown effect', { Statement: [{ ...everything, Effect: 'allow' }] }],
    ['no principal', { Statement: [{ ...everything, Principal: undefined }] }],
    ['a principal that is none', { Statement: [{ ...everything, Principal: { AWS: 'ann' } }] }],
    ['no action', { Statement: [{ ...everything, Action: undefined }] }],
    ['an action of another service', { Statement: [{ ...everything, Action: 'ec2:RunInstances' }] }],
    ['a resource of another bucket', { Statement: [{ ...everything, Resource: 'arn:aws:s3:::c/*' }] }],
    ['a resource that only begins alike', { Statement: [{ ...everything, Resource: 'arn:aws:s3:::bc/*' }] }],
    ['an object action on the bucket', { Statement: [{ ...everything, Resource: 'arn:aws:s3:::b' }] }],
    ['a bucket action on objects', { Statement: [{ ...everything, Action: ['s3:GetObject', 's3:ListBucket'] }] }],
    ['an unknown operator', { Statement: [{ ...everything, Condition: { Equals: { 'aws:x': '1' } } }] }],
    ['more than 20 KB', { Id: 'x'.repeat(21_000), Statement: [everything] }],
  ];
  test.each(rows)('%s', (_name, policy) => {
    const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
    expect(() => parseBucketPolicy(text, 'b')).toThrow(
      expect.objectContaining({ code: 'MalformedPolicy', status: 400 }),
    );
  });
});

describe('what is public', () => {
  const rows: [string, object, boolean][] = [
    ['everyone', {}, true],
    ['AWS: *', { Principal: { AWS: '*' } }, true],
    ['denied to everyone', { Effect: 'Deny' }, false],
    ['an account', { Principal: { AWS: '123456789012' } }, false],
    [
      'the origin access control',
      {
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceArn': sourceArn } },
      },
      false,
    ],
    ['everyone from one source', { Condition: { StringEquals: { 'aws:SourceArn': sourceArn } } }, false],
    ['everyone from any source', { Condition: { StringLike: { 'aws:SourceArn': 'arn:*' } } }, true],
    ['everyone under a prefix', { Condition: { StringLike: { 's3:prefix': 'a' } } }, true],
    ['everyone from a network', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, false],
    ['everyone but a source', { Condition: { StringNotEquals: { 'aws:SourceArn': sourceArn } } }, true],
  ];
  test.each(rows)('%s: %s', (_name, change, expected) => {
    expect(isPublicPolicy(parse({ ...everything, ...change }))).toBe(expected);
  });
});

test.each([
  ['*', '', true],
  ['a*', 'a', true],
  ['a*b*c', 'a--b--c', true],
  ['a*b*c', 'a--c--b', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['a.c', 'abc', false],
  ['*a*a*a*a*a*a*a*a*b', 'a'.repeat(3000), false],
])('the pattern %s and %s: %s', (pattern, text, expected) => {
  expect(isWildcardMatch(pattern, text)).toBe(expected);
});

describe('over the wire', () => {
  let s3: LocalS3;
  let Bucket: string;
  beforeAll(async () => {
    s3 = await startLocalS3();
    Bucket = await s3.bucket();
    for (const Key of ['a', '.cdnpub/b']) await s3.client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  });
  afterAll(() => s3.stop());
  const setPolicy = (...Statement: object[]) =>
    s3.client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement }) }));
  const readable = () => ({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  });
  const open = (flags: object) =>
    s3.client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: flags }));

  test('a public policy needs its block off, and is cut off again by RestrictPublicBuckets', async () => {
    expect(await codeOf(setPolicy(readable()))).toBe('403 AccessDenied');
    await open({ RestrictPublicBuckets: false });
    await setPolicy(readable());
    expect((await s3.ask({ path: `/${Bucket}/a` })).text).toBe('a');
    expect((await s3.ask({ path: `/${Bucket}/none` })).status).toBe(403);
    await open({ RestrictPublicBuckets: true });
    expect((await s3.ask({ path: `/${Bucket}/a` })).status).toBe(403);
    expect(await codeOf(s3.client.send(new GetObjectCommand({ Bucket, Key: 'a' })))).toBe('ok');
  });

  test('another account may what the policy allows, and a missing key is a 404 with ListBucket only', async () => {
    const who = { Principal: { AWS: '000000000000' } };
    const read = (Key: string) => codeOf(s3.foreign.send(new GetObjectCommand({ Bucket, Key })));
    await setPolicy({ ...readable(), ...who });
    expect([await read('a'), await read('none')]).toEqual(['ok', '403 AccessDenied']);
    const list = { Effect: 'Allow', ...who, Action: 's3:ListBucket', Resource: `arn:aws:s3:::${Bucket}` };
    await setPolicy({ ...readable(), ...who }, list);
    expect([await read('a'), await read('none')]).toEqual(['ok', '404 NoSuchKey']);
    await setPolicy({ ...list, Condition: { StringEquals: { 's3:prefix': 'docs/' } } });
    const lists = (Prefix: string) => codeOf(s3.foreign.send(new ListObjectsV2Command({ Bucket, Prefix })));
    expect([await lists('docs/'), await lists('')]).toEqual(['ok', '403 AccessDenied']);
  });

  test('a Deny for every principal outside the account holds for others and not for the owner', async () => {
    await setPolicy(
      { ...readable(), Principal: { AWS: '000000000000' } },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${Bucket}/.cdnpub/*`,
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } },
      },
    );
    const read = (client: LocalS3['client'], Key: string) => codeOf(client.send(new GetObjectCommand({ Bucket, Key })));
    expect(await read(s3.foreign, 'a')).toBe('ok');
    expect(await read(s3.foreign, '.cdnpub/b')).toBe('403 AccessDenied');
    expect(await read(s3.client, '.cdnpub/b')).toBe('ok');
  });

  test('the owner can repair a policy that shuts everybody out', async () => {
    await setPolicy({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
    });
    expect(await codeOf(s3.client.send(new GetObjectCommand({ Bucket, Key: 'a' })))).toBe('403 AccessDenied');
    await setPolicy({ ...readable(), Principal: { AWS: '000000000000' } });
    expect(await codeOf(s3.client.send(new GetObjectCommand({ Bucket, Key: 'a' })))).toBe('ok');
  });
});
