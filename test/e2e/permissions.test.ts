import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openProject, type Project, smallSite } from '../support/project.ts';
import type { CliEnd } from '../support/run-cdnpub.ts';
import { s3Client } from '../support/s3-client.ts';
import { startCloud } from '../support/start-cloud.ts';
import { writeTree } from '../support/write-tree.ts';

/** Everything that calls AWS, each from a state in which it calls all that it can. */
const journeys = {
  /** Nothing is there yet. */
  first: { args: ['deploy', 'dist', '--yes'], prepare: async () => {} },
  /** A killed run left the bucket and nothing in it. */
  resumed: { args: ['deploy', 'dist', '--yes'], prepare: makeOwnBucket },
  change: { args: ['deploy', 'dist', '--yes'], prepare: changeAll },
  status: { args: ['status'], prepare: (project: Project) => project.publish() },
  invalidate: { args: ['invalidate', '/about/'], prepare: (project: Project) => project.publish() },
} as const;

type Journey = keyof typeof journeys;

async function makeOwnBucket({ cloud, bucket: Bucket }: Project): Promise<void> {
  const Tags = [{ Key: 'cdnpub', Value: '1' }];
  await s3Client(cloud).send(
    new CreateBucketCommand({
      Bucket,
      BucketNamespace: 'account-regional',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1', Tags },
    }),
  );
}

/** Contents, headers, an outside edit, a removed page, the edge rules and the distribution. */
async function changeAll(project: Project): Promise<void> {
  await project.publish();
  const headers = [{ match: '*.css', set: { 'cache-control': 'public, max-age=60' } }];
  writeTree(project.cwd, { 'cdnpub.config.json': JSON.stringify({ headers, trailingSlash: true }) });
  project.build({ 'about/index.html': 'changed', 'new.html': 'new' });
  project.unbuild('404.html');
  const drift = { Bucket: project.bucket, Key: 'index.html', Body: 'x'.repeat(smallSite['index.html']?.length ?? 0) };
  await s3Client(project.cloud).send(new PutObjectCommand(drift));
}

/** Makes a cloud of its own: what an account shares between its sites is there to be made anew. */
async function prepare(journey: Journey): Promise<Project> {
  const cloud = await startCloud();
  onTestFinished(() => cloud.close());
  const project = openProject(cloud);
  await journeys[journey].prepare(project);
  return project;
}

const goOn = (project: Project, journey: Journey): Promise<CliEnd> =>
  project.run([...journeys[journey].args, '--json']);

interface Denied {
  readonly op: string;
  readonly journey: Journey;
  readonly action: string;
  readonly resource: RegExp;
}

const denied = (op: string, journey: Journey, action: string, resource: RegExp): Denied => ({
  op,
  journey,
  action,
  resource,
});

const bucket = /^bucket site-\d+-111122223333-eu-west-1-an$/;
const distribution = /^distribution\/E\w+$/;
const edgeFunction = /^function\/cdnpub-site-\d+-\w+-request$/;
const store = /^key-value-store\/cdnpub-site-\d+-\w+-store$/;
const object = (key: string): RegExp => new RegExp(`^site-\\d+-111122223333-eu-west-1-an/${key}`);

/** Each call, what it is called in a policy, and on what. */
const calls: readonly Denied[] = [
  denied('s3 HeadBucket', 'change', 's3:ListBucket', bucket),
  denied('s3 ListObjectsV2', 'change', 's3:ListBucket', bucket),
  denied('s3 GetObject', 'status', 's3:GetObject', object('\\.cdnpub/')),
  denied('s3 HeadObject', 'change', 's3:GetObject', object('index\\.html$')),
  denied('s3 GetBucketTagging', 'resumed', 's3:GetBucketTagging', bucket),
  denied('s3 GetBucketPolicy', 'status', 's3:GetBucketPolicy', bucket),
  denied('s3 GetPublicAccessBlock', 'status', 's3:GetBucketPublicAccessBlock', bucket),
  denied('s3 CreateBucket', 'first', 's3:CreateBucket', bucket),
  denied('s3 PutPublicAccessBlock', 'first', 's3:PutBucketPublicAccessBlock', bucket),
  denied('s3 PutBucketVersioning', 'first', 's3:PutBucketVersioning', bucket),
  denied('s3 PutBucketLifecycleConfiguration', 'first', 's3:PutLifecycleConfiguration', bucket),
  denied('s3 PutBucketPolicy', 'first', 's3:PutBucketPolicy', bucket),
  denied('s3 PutObject', 'change', 's3:PutObject', object('\\.cdnpub/')),
  denied('s3 CopyObject', 'change', 's3:PutObject', object('style\\.css$')),
  denied('s3 DeleteObjects', 'change', 's3:DeleteObject', bucket),
  denied('cloudfront ListDistributions', 'first', 'cloudfront:ListDistributions', /^\*$/),
  denied('cloudfront ListOriginAccessControls', 'status', 'cloudfront:ListOriginAccessControls', /^\*$/),
  denied('cloudfront ListCachePolicies', 'status', 'cloudfront:ListCachePolicies', /^\*$/),
  denied('cloudfront ListResponseHeadersPolicies', 'status', 'cloudfront:ListResponseHeadersPolicies', /^\*$/),
  denied('cloudfront GetDistribution', 'status', 'cloudfront:GetDistribution', distribution),
  denied('cloudfront GetFunction', 'status', 'cloudfront:GetFunction', edgeFunction),
  denied('cloudfront DescribeKeyValueStore', 'status', 'cloudfront:DescribeKeyValueStore', store),
  denied('cloudfront CreateKeyValueStore', 'first', 'cloudfront:CreateKeyValueStore', store),
  denied('cloudfront CreateFunction', 'first', 'cloudfront:CreateFunction', edgeFunction),
  denied('cloudfront PublishFunction', 'first', 'cloudfront:PublishFunction', edgeFunction),
  denied('cloudfront CreateOriginAccessControl', 'first', 'cloudfront:CreateOriginAccessControl', /./),
  denied('cloudfront CreateCachePolicy', 'first', 'cloudfront:CreateCachePolicy', /./),
  denied('cloudfront CreateResponseHeadersPolicy', 'first', 'cloudfront:CreateResponseHeadersPolicy', /./),
  denied('cloudfront CreateDistributionWithTags', 'first', 'cloudfront:CreateDistribution', /^distribution\/\*$/),
  denied('cloudfront DescribeFunction', 'change', 'cloudfront:DescribeFunction', edgeFunction),
  denied('cloudfront UpdateFunction', 'change', 'cloudfront:UpdateFunction', edgeFunction),
  denied('cloudfront TestFunction', 'change', 'cloudfront:TestFunction', edgeFunction),
  denied('cloudfront GetDistributionConfig', 'change', 'cloudfront:GetDistributionConfig', distribution),
  denied('cloudfront UpdateDistribution', 'change', 'cloudfront:UpdateDistribution', distribution),
  denied('cloudfront CreateInvalidation', 'invalidate', 'cloudfront:CreateInvalidation', distribution),
  denied('cloudfront GetInvalidation', 'invalidate', 'cloudfront:GetInvalidation', distribution),
];

/** GetCallerIdentity needs no permission and cannot be denied by a policy; there is nobody to name yet. */
const undeniable = ['sts GetCallerIdentity'];

const principal = 'arn:aws:iam::111122223333:user/local';

describe('a missing permission is named, with the resource and the principal', () => {
  test.each(calls.map((row) => [row.op, row] as const))('%s', async (name, { journey, action, resource }) => {
    const [service = '', op = ''] = name.split(' ');
    const project = await prepare(journey);
    await project.cloud.setFaults([{ match: { service, op }, do: { status: 403, code: 'AccessDenied' } }]);
    const end = await goOn(project, journey);
    const hits = await project.cloud.clearFaults();
    const { error, exit, ok } = end.json<{ error: { code: string; message: string; details: object } } & Failure>();
    expect({ ok, exit, code: end.code, error: error.code }).toEqual({
      ok: false,
      exit: 4,
      code: 4,
      error: 'E_PERMISSION',
    });
    expect(error.details).toMatchObject({ action, resource: expect.stringMatching(resource), principal });
    for (const part of [action, principal]) expect(error.message).toContain(part);
    expect(end.stderr).toBe('');
    expect(hits[0], 'a refusal is not asked again').toBeLessThanOrEqual(4);
  });

  interface Failure {
    readonly ok: boolean;
    readonly exit: number;
  }
});

test('every call that cdnpub makes has a row', async () => {
  const made = new Set<string>();
  for (const journey of Object.keys(journeys) as Journey[]) {
    const project = await prepare(journey);
    const { next } = await project.cloud.requests();
    const end = await goOn(project, journey);
    expect(end.code, end.stderr).toBe(0);
    for (const { service, op } of (await project.cloud.requests(next)).requests) made.add(`${service} ${op}`);
  }
  expect([...made].sort()).toEqual([...calls.map(({ op }) => op), ...undeniable].sort());
});

test('a delete that S3 refuses key by key is told like any other', async () => {
  const project = await prepare('status');
  const { bucket: Bucket } = project;
  const Statement = [
    {
      Effect: 'Deny',
      Principal: { AWS: principal },
      Action: 's3:DeleteObject',
      Resource: `arn:aws:s3:::${Bucket}/about/*`,
    },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3Client(project.cloud).send(new PutBucketPolicyCommand({ Bucket, Policy }));
  project.unbuild('about');
  const result = await project.deploy(['--yes']);
  expect(result).toMatchObject({
    ...{ exit: 4, state: 'partial' },
    error: {
      code: 'E_PERMISSION',
      message: `access denied: s3:DeleteObject on ${Bucket}/about/index.html for ${principal}`,
      details: { action: 's3:DeleteObject' },
    },
    files: { failed: [{ key: 'about/index.html', code: 'AccessDenied' }] },
  });
});

test('a bucket whose name is another’s is told from one that is closed to us', async () => {
  const project = await prepare('first');
  await project.cloud.setFaults([
    { match: { op: 'HeadBucket' }, do: { status: 403 } },
    { match: { op: 'ListBuckets' }, do: { status: 403, code: 'AccessDenied' } },
  ]);
  const denied = await project.deploy(['--yes']);
  expect(denied.error).toMatchObject({ code: 'E_PERMISSION', message: expect.stringContaining('s3:ListBucket') });
  await project.cloud.setFaults([{ match: { op: 'HeadBucket' }, do: { status: 403 } }]);
  expect((await project.deploy(['--yes'])).error?.code).toBe('E_FOREIGN_BUCKET');
});
