/** Two roles: one makes and alters infrastructure, the other publishes to what stands. */
export type Role = 'setup' | 'deploy';

/** What a permission is on; `role-policy.ts` knows the ARNs. */
export type PolicyResource =
  | 'bucket'
  | 'objects'
  | 'account'
  | 'distribution'
  | 'new distribution'
  | 'function'
  | 'control store'
  | 'store';

/** Why a call is allowed, and to whom. */
export interface Permission {
  /** Service and operation, as AWS names them: `s3 PutObject`. */
  readonly operation: string;
  /** The IAM action; an operation that needs several has a row for each. */
  readonly action: string;
  readonly on: PolicyResource;
  /** `deploy`: needed by both roles. `none`: asked for a better message only, and not granted. */
  readonly role: Role | 'none';
  /** Which sites need it: all, those with a distribution, or those whose distribution is somebody else's. */
  readonly site: 'any' | 'with a distribution' | 'with a distribution of others';
  /** What asks for it. */
  readonly used: string;
  /** What it rests on. */
  readonly source: string;
}

const s3Reference = 'Amazon S3 user guide, "Required permissions for Amazon S3 API operations"';
const cloudFrontReference =
  'Service authorization reference, "Actions, resources, and condition keys for Amazon CloudFront"';
const storeReference =
  'Service authorization reference, "Actions, resources, and condition keys for Amazon CloudFront KeyValueStore"';

const importReference = 'Amazon CloudFront developer guide, "Create a key value store"';

type Rest = Partial<Pick<Permission, 'action' | 'role' | 'site' | 'source'>>;

const s3 = (op: string, on: PolicyResource, used: string, rest: Rest = {}): Permission => ({
  ...{ operation: `s3 ${op}`, action: `s3:${op}`, on, used, role: 'deploy', site: 'any', source: s3Reference },
  ...rest,
});

const cloudFront = (op: string, on: PolicyResource, used: string, rest: Rest = {}): Permission => ({
  ...{ operation: `cloudfront ${op}`, action: `cloudfront:${op}`, on, used, role: 'deploy' },
  ...{ site: 'with a distribution', source: cloudFrontReference },
  ...rest,
});

const keys = (op: string, used: string): Permission => ({
  ...{ operation: `cloudfront-keyvaluestore ${op}`, action: `cloudfront-keyvaluestore:${op}`, on: 'store', used },
  ...{ role: 'deploy', site: 'with a distribution', source: storeReference },
});

const setup = { role: 'setup' } as const;
const served = { site: 'with a distribution' } as const;
const putObject = { action: 's3:PutObject' } as const;

/**
 * Each call to AWS that cdnpub makes, and the permission that it needs. GetCallerIdentity is missing: "No permissions
 * are required to perform this operation" (AWS STS API reference). What needs a yes is for the set-up role alone.
 */
export const permissions: readonly Permission[] = [
  s3('HeadBucket', 'bucket', 'every command: is there a bucket, and where', { action: 's3:ListBucket' }),
  s3('ListObjectsV2', 'bucket', 'deploy, rollback, status, releases', { action: 's3:ListBucket' }),
  s3('ListBuckets', 'account', 'tells a bucket of ours that is closed from another’s', {
    ...{ action: 's3:ListAllMyBuckets', role: 'none' },
  }),
  s3('ListObjectVersions', 'bucket', 'deploy: an earlier manifest, where the last one is lost', {
    action: 's3:ListBucketVersions',
  }),
  s3('GetObject', 'objects', 'every command: the state of the site'),
  s3('GetObject', 'objects', 'deploy: an earlier manifest', { action: 's3:GetObjectVersion' }),
  s3('HeadObject', 'objects', 'deploy: what others wrote; status --verify', { action: 's3:GetObject' }),
  s3('HeadObject', 'objects', 'rollback: whether a version is still there', { action: 's3:GetObjectVersion' }),
  s3('PutObject', 'objects', 'deploy, rollback, resume: files, lock and state'),
  s3('CopyObject', 'objects', 'deploy: other headers, same bytes; rollback', putObject),
  s3('CopyObject', 'objects', 'deploy: other headers, same bytes', { action: 's3:GetObject' }),
  s3('CopyObject', 'objects', 'rollback: an earlier version comes back', {
    ...{ action: 's3:GetObjectVersion', source: 'Amazon S3 API reference, CopyObject, "Permissions"' },
  }),
  s3('CreateMultipartUpload', 'objects', 'deploy: large files', putObject),
  s3('UploadPart', 'objects', 'deploy: large files', putObject),
  s3('UploadPartCopy', 'objects', 'deploy: other headers on a large file; rollback of one', putObject),
  s3('UploadPartCopy', 'objects', 'deploy: other headers on a large file', { action: 's3:GetObject' }),
  s3('UploadPartCopy', 'objects', 'rollback: a large file comes back', { action: 's3:GetObjectVersion' }),
  s3('CompleteMultipartUpload', 'objects', 'deploy: large files', putObject),
  s3('AbortMultipartUpload', 'objects', 'deploy: a large file that cannot be finished'),
  s3('DeleteObjects', 'objects', 'deploy: what is no longer built; unlock', { action: 's3:DeleteObject' }),
  s3('DeleteObjects', 'objects', 'deploy: conditional deletes read the ETag', {
    ...{ action: 's3:GetObject', source: 'Amazon S3 user guide, "How to perform conditional deletes"' },
  }),
  s3('DeleteObjects', 'objects', 'deploy: versions that no kept release needs', { action: 's3:DeleteObjectVersion' }),
  s3('GetBucketTagging', 'bucket', 'first deploy: did a killed run make this bucket', setup),
  s3('GetBucketPolicy', 'bucket', 'deploy, status: may the distribution read', served),
  s3('GetPublicAccessBlock', 'bucket', 'deploy, status: is the bucket closed', {
    ...{ action: 's3:GetBucketPublicAccessBlock', ...served },
  }),
  s3('CreateBucket', 'bucket', 'first deploy', setup),
  s3('CreateBucket', 'bucket', 'first deploy: the tag that tells it is ours', {
    ...{ ...setup, action: 's3:TagResource', source: 'Amazon S3 API reference, CreateBucket, "Permissions"' },
  }),
  s3('PutPublicAccessBlock', 'bucket', 'first deploy; a bucket that somebody opened', {
    ...{ ...setup, action: 's3:PutBucketPublicAccessBlock' },
  }),
  s3('PutBucketVersioning', 'bucket', 'first deploy', setup),
  s3('PutBucketLifecycleConfiguration', 'bucket', 'first deploy', { ...setup, action: 's3:PutLifecycleConfiguration' }),
  s3('PutBucketPolicy', 'bucket', 'first deploy; a policy that somebody changed', { ...setup, ...served }),

  cloudFront('ListDistributions', 'account', 'first deploy: one that a killed run made', setup),
  cloudFront('GetDistribution', 'distribution', 'deploy, rollback, status'),
  cloudFront('GetCachePolicy', 'account', 'deploy with "manage": "content": what edges go by', {
    site: 'with a distribution of others',
  }),
  cloudFront('ListOriginAccessControls', 'account', 'deploy, status'),
  cloudFront('ListCachePolicies', 'account', 'deploy, status'),
  cloudFront('ListResponseHeadersPolicies', 'account', 'deploy, status'),
  cloudFront('GetFunction', 'function', 'deploy, rollback, status'),
  cloudFront('DescribeFunction', 'function', 'deploy: edge rules that change'),
  cloudFront('UpdateFunction', 'function', 'deploy: edge rules that change'),
  cloudFront('TestFunction', 'function', 'deploy: edge rules that change'),
  cloudFront('PublishFunction', 'function', 'deploy: edge rules that change'),
  cloudFront('DescribeKeyValueStore', 'control store', 'deploy, status'),
  cloudFront('CreateInvalidation', 'distribution', 'deploy, rollback, invalidate'),
  cloudFront('GetInvalidation', 'distribution', 'deploy, rollback, invalidate: has it come through'),
  cloudFront('ListInvalidations', 'distribution', 'an invalidation whose reply was lost'),
  cloudFront('CreateKeyValueStore', 'control store', 'first deploy', setup),
  cloudFront('CreateKeyValueStore', 'objects', 'first deploy of more than 1,000 store keys: CloudFront reads them', {
    ...{ ...setup, action: 's3:GetObject', source: importReference },
  }),
  cloudFront('CreateKeyValueStore', 'bucket', 'first deploy of more than 1,000 store keys: where they lie', {
    ...{ ...setup, action: 's3:GetBucketLocation', source: importReference },
  }),
  cloudFront('CreateFunction', 'function', 'first deploy', setup),
  cloudFront('CreateOriginAccessControl', 'account', 'first deploy', setup),
  cloudFront('CreateCachePolicy', 'account', 'first deploy', setup),
  cloudFront('CreateResponseHeadersPolicy', 'account', 'first deploy, other security headers', setup),
  cloudFront('CreateDistributionWithTags', 'new distribution', 'first deploy', {
    ...{ ...setup, action: 'cloudfront:CreateDistribution' },
  }),
  cloudFront('CreateDistributionWithTags', 'new distribution', 'first deploy', {
    ...{ ...setup, action: 'cloudfront:TagResource' },
    source: 'Amazon CloudFront developer guide, "CloudFront API permissions"',
  }),
  cloudFront('GetDistributionConfig', 'distribution', 'a deploy that alters the distribution', setup),
  cloudFront('UpdateDistribution', 'distribution', 'a deploy that alters the distribution', setup),

  cloudFront('GetResponseHeadersPolicy', 'account', 'a deploy after which nothing uses a policy: its version', setup),
  cloudFront('DeleteResponseHeadersPolicy', 'account', 'a deploy after which nothing uses a policy', setup),
  cloudFront('GetCachePolicy', 'account', 'a deploy after which nothing uses a policy: its version', setup),
  cloudFront('DeleteCachePolicy', 'account', 'a deploy after which nothing uses a policy', setup),

  keys('DescribeKeyValueStore', 'deploy: the store’s ETag'),
  keys('GetKey', 'maintenance: is the site closed'),
  keys('ListKeys', 'deploy: a store whose record is lost'),
  keys('UpdateKeys', 'deploy: the data of edge rules'),
];
