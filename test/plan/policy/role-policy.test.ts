import { describe, expect, test } from 'vitest';
import { handlers } from '../../../src/local-cloud/cloudfront/handlers.ts';
import { permissionsOf } from '../../../src/local-cloud/cloudfront/permissions.ts';
import { parseIdentityPolicy } from '../../../src/local-cloud/policy/parse-identity-policy.ts';
import { operationTable } from '../../../src/local-cloud/s3/operation-table.ts';
import { permissions } from '../../../src/plan/policy/permissions.ts';
import { type PolicyPlace, rolePolicy } from '../../../src/plan/policy/role-policy.ts';

const place: PolicyPlace = {
  partition: 'aws',
  account: '111122223333',
  bucket: 'docs-files',
  prefix: 'docs/',
  site: 'docs',
  cdn: true,
  manage: 'all',
  published: null,
};
const published = {
  siteId: 'abcdefghij',
  distributionId: 'E1',
  storeArn: 'arn:aws:cloudfront::111122223333:key-value-store/1-2-3',
};

const resources = (given: Partial<PolicyPlace>, role: 'setup' | 'deploy'): unknown =>
  Object.fromEntries(rolePolicy(role, { ...place, ...given }).Statement.map(({ Sid, Resource }) => [Sid, Resource]));

describe('on what', () => {
  const own = { Bucket: 'arn:aws:s3:::docs-files', Objects: 'arn:aws:s3:::docs-files/docs/*', Account: '*' };
  const arn = (path: string) => `arn:aws:cloudfront::111122223333:${path}`;

  test('before the first deploy patterns stand for ids', () => {
    expect(resources({}, 'deploy')).toEqual({
      ...own,
      Distribution: arn('distribution/*'),
      EdgeFunction: arn('function/cdnpub-docs-??????????-*'),
      Store: arn('key-value-store/*'),
      StoreKeys: arn('key-value-store/*'),
    });
  });

  test('afterwards the deploy role is held to what is there', () => {
    expect(resources({ published }, 'deploy')).toMatchObject({
      Distribution: arn('distribution/E1'),
      EdgeFunction: arn('function/cdnpub-docs-abcdefghij-*'),
      StoreKeys: published.storeArn,
    });
  });

  test('the set-up role may make it anew', () => {
    expect(resources({ published }, 'setup')).toMatchObject({
      Distribution: arn('distribution/*'),
      NewDistribution: arn('distribution/*'),
    });
  });

  test("of what is somebody else's the distribution is looked at and invalidated", () => {
    const content = { ...place, manage: 'content', published } as const;
    const granted = rolePolicy('setup', content).Statement.map(({ Sid, Action }) => [Sid, Action]);
    expect(Object.fromEntries(granted)).toMatchObject({
      Distribution: [
        'cloudfront:CreateInvalidation',
        'cloudfront:GetDistribution',
        'cloudfront:GetInvalidation',
        'cloudfront:ListInvalidations',
      ],
      Account: ['cloudfront:GetCachePolicy'],
    });
    expect(granted.map(([Sid]) => Sid)).toEqual(['Bucket', 'Objects', 'Distribution', 'Account']);
  });

  test('without a distribution there is the bucket alone', () => {
    expect(resources({ cdn: false }, 'setup')).toEqual({ Bucket: own.Bucket, Objects: own.Objects });
  });
});

describe('both roles', () => {
  test.each(['setup', 'deploy'] as const)('%s fits into a managed policy and is one', (role) => {
    const text = JSON.stringify(rolePolicy(role, { ...place, published }));
    // IAM user guide, "IAM and AWS STS quotas": 6,144 characters.
    expect(text.length).toBeLessThan(6_144);
    expect(parseIdentityPolicy(text).statements).not.toHaveLength(0);
  });

  const actionsOf = (role: 'setup' | 'deploy') => rolePolicy(role, place).Statement.flatMap(({ Action }) => Action);

  test('the set-up role may all that the deploy role may', () => {
    expect(actionsOf('setup')).toEqual(expect.arrayContaining(actionsOf('deploy')));
  });

  test('the deploy role makes and alters nothing around the files', () => {
    const makes = /:(?:Create(?!Invalidation)|PutBucket|PutLifecycle|UpdateDistribution|TagResource|Delete(?!Object))/;
    expect(actionsOf('deploy').filter((action) => makes.test(action))).toEqual([]);
  });

  test('no action is a pattern', () => {
    expect(actionsOf('setup').filter((action) => /[*?]/.test(action))).toEqual([]);
  });
});

describe('the table and the one of the local cloud were written apart, and agree', () => {
  const actionsFor = (operation: string) => [
    ...new Set(permissions.filter((row) => row.operation === operation).map(({ action }) => action)),
  ];
  const operations = [...new Set(permissions.map(({ operation }) => operation))].map((name) => name.split(' '));

  const cloudFront = operations.filter(([service]) => service === 'cloudfront').map(([, op = '']) => op);
  test.each(cloudFront)('CloudFront: %s', (op) => {
    const known = Object.keys(handlers).find((name): name is keyof typeof handlers => name === op);
    // What CloudFront reads from S3 in its caller's name, S3 itself judges.
    const own = actionsFor(`cloudfront ${op}`).filter((action) => !action.startsWith('s3:'));
    expect(known && permissionsOf(known).map(({ action }) => action)).toEqual(own);
  });

  // What these need depends on their headers and bodies: their handlers ask, and the journeys hold them to it.
  const byContent = new Set(['CreateBucket', 'DeleteObjects']);
  const s3 = operations.filter(([service, op = '']) => service === 's3' && !byContent.has(op)).map(([, op = '']) => op);
  test.each(s3)('S3: %s', (op) => {
    const row = operationTable.find((each) => each.op === op);
    expect(actionsFor(`s3 ${op}`)).toContain(row?.action);
  });
});
