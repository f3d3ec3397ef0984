/** One way to ask S3 for something. */
export interface OperationRow {
  readonly op: string;
  readonly method: string;
  readonly level: 'service' | 'bucket' | 'object';
  /** The query parameter that tells it from its neighbours (`?policy`). */
  readonly query?: string;
  /** The header that does (`x-amz-copy-source`). */
  readonly header?: string;
  /** The permission it needs; judged by the handler itself where it is not one for the whole request. */
  readonly action?: string;
}

const row = (
  op: string,
  method: string,
  level: OperationRow['level'],
  query?: string,
  action?: string,
): OperationRow => ({
  op,
  method,
  level,
  ...(query === undefined ? {} : { query }),
  action: action ?? `s3:${op}`,
});

/**
 * Operation by method, level and subresource ("API operations" and "Actions, resources and condition keys for Amazon
 * S3"). Rows without a subresource come last of their kind.
 */
export const operationTable: readonly OperationRow[] = [
  row('ListBuckets', 'GET', 'service', undefined, 's3:ListAllMyBuckets'),

  row('GetBucketLocation', 'GET', 'bucket', 'location'),
  row('GetBucketPolicyStatus', 'GET', 'bucket', 'policyStatus'),
  row('GetBucketPolicy', 'GET', 'bucket', 'policy'),
  row('PutBucketPolicy', 'PUT', 'bucket', 'policy'),
  row('DeleteBucketPolicy', 'DELETE', 'bucket', 'policy'),
  row('GetPublicAccessBlock', 'GET', 'bucket', 'publicAccessBlock', 's3:GetBucketPublicAccessBlock'),
  row('PutPublicAccessBlock', 'PUT', 'bucket', 'publicAccessBlock', 's3:PutBucketPublicAccessBlock'),
  row('DeletePublicAccessBlock', 'DELETE', 'bucket', 'publicAccessBlock', 's3:PutBucketPublicAccessBlock'),
  row('GetBucketTagging', 'GET', 'bucket', 'tagging'),
  row('PutBucketTagging', 'PUT', 'bucket', 'tagging'),
  row('DeleteBucketTagging', 'DELETE', 'bucket', 'tagging', 's3:PutBucketTagging'),
  row('GetBucketVersioning', 'GET', 'bucket', 'versioning'),
  row('PutBucketVersioning', 'PUT', 'bucket', 'versioning'),
  row('GetBucketLifecycleConfiguration', 'GET', 'bucket', 'lifecycle', 's3:GetLifecycleConfiguration'),
  row('PutBucketLifecycleConfiguration', 'PUT', 'bucket', 'lifecycle', 's3:PutLifecycleConfiguration'),
  row('DeleteBucketLifecycle', 'DELETE', 'bucket', 'lifecycle', 's3:PutLifecycleConfiguration'),
  row('GetBucketOwnershipControls', 'GET', 'bucket', 'ownershipControls'),
  row('PutBucketOwnershipControls', 'PUT', 'bucket', 'ownershipControls'),
  row('DeleteBucketOwnershipControls', 'DELETE', 'bucket', 'ownershipControls', 's3:PutBucketOwnershipControls'),
  row('GetBucketEncryption', 'GET', 'bucket', 'encryption', 's3:GetEncryptionConfiguration'),
  row('PutBucketEncryption', 'PUT', 'bucket', 'encryption', 's3:PutEncryptionConfiguration'),
  row('DeleteBucketEncryption', 'DELETE', 'bucket', 'encryption', 's3:PutEncryptionConfiguration'),
  row('GetBucketAcl', 'GET', 'bucket', 'acl'),
  row('PutBucketAcl', 'PUT', 'bucket', 'acl'),
  row('GetBucketCors', 'GET', 'bucket', 'cors', 's3:GetBucketCORS'),
  row('PutBucketCors', 'PUT', 'bucket', 'cors', 's3:PutBucketCORS'),
  row('DeleteBucketCors', 'DELETE', 'bucket', 'cors', 's3:PutBucketCORS'),
  row('GetBucketWebsite', 'GET', 'bucket', 'website'),
  row('PutBucketWebsite', 'PUT', 'bucket', 'website'),
  row('DeleteBucketWebsite', 'DELETE', 'bucket', 'website'),
  row('GetBucketLogging', 'GET', 'bucket', 'logging'),
  row('PutBucketLogging', 'PUT', 'bucket', 'logging'),
  row('GetBucketNotificationConfiguration', 'GET', 'bucket', 'notification', 's3:GetBucketNotification'),
  row('PutBucketNotificationConfiguration', 'PUT', 'bucket', 'notification', 's3:PutBucketNotification'),
  row('GetBucketReplication', 'GET', 'bucket', 'replication', 's3:GetReplicationConfiguration'),
  row('PutBucketReplication', 'PUT', 'bucket', 'replication', 's3:PutReplicationConfiguration'),
  row('GetBucketAccelerateConfiguration', 'GET', 'bucket', 'accelerate', 's3:GetAccelerateConfiguration'),
  row('PutBucketAccelerateConfiguration', 'PUT', 'bucket', 'accelerate', 's3:PutAccelerateConfiguration'),
  row('GetBucketRequestPayment', 'GET', 'bucket', 'requestPayment'),
  row('PutBucketRequestPayment', 'PUT', 'bucket', 'requestPayment'),
  row('GetObjectLockConfiguration', 'GET', 'bucket', 'object-lock', 's3:GetBucketObjectLockConfiguration'),
  row('PutObjectLockConfiguration', 'PUT', 'bucket', 'object-lock', 's3:PutBucketObjectLockConfiguration'),
  row('ListBucketInventoryConfigurations', 'GET', 'bucket', 'inventory', 's3:GetInventoryConfiguration'),
  row('ListBucketMetricsConfigurations', 'GET', 'bucket', 'metrics', 's3:GetMetricsConfiguration'),
  row('ListBucketAnalyticsConfigurations', 'GET', 'bucket', 'analytics', 's3:GetAnalyticsConfiguration'),
  row(
    'ListBucketIntelligentTieringConfigurations',
    'GET',
    'bucket',
    'intelligent-tiering',
    's3:GetIntelligentTieringConfiguration',
  ),
  row('CreateSession', 'GET', 'bucket', 'session'),
  row('ListObjectVersions', 'GET', 'bucket', 'versions', 's3:ListBucketVersions'),
  row('ListMultipartUploads', 'GET', 'bucket', 'uploads', 's3:ListBucketMultipartUploads'),
  row('DeleteObjects', 'POST', 'bucket', 'delete', ''),
  row('ListObjectsV2', 'GET', 'bucket', 'list-type', 's3:ListBucket'),
  row('ListObjects', 'GET', 'bucket', undefined, 's3:ListBucket'),
  row('HeadBucket', 'HEAD', 'bucket', undefined, 's3:ListBucket'),
  row('CreateBucket', 'PUT', 'bucket', undefined, ''),
  row('DeleteBucket', 'DELETE', 'bucket'),
  row('PostObject', 'POST', 'bucket', undefined, 's3:PutObject'),

  row('GetObjectTagging', 'GET', 'object', 'tagging'),
  row('PutObjectTagging', 'PUT', 'object', 'tagging'),
  row('DeleteObjectTagging', 'DELETE', 'object', 'tagging'),
  row('GetObjectAttributes', 'GET', 'object', 'attributes'),
  row('GetObjectAcl', 'GET', 'object', 'acl'),
  row('PutObjectAcl', 'PUT', 'object', 'acl'),
  row('GetObjectRetention', 'GET', 'object', 'retention'),
  row('PutObjectRetention', 'PUT', 'object', 'retention'),
  row('GetObjectLegalHold', 'GET', 'object', 'legal-hold'),
  row('PutObjectLegalHold', 'PUT', 'object', 'legal-hold'),
  row('GetObjectTorrent', 'GET', 'object', 'torrent'),
  row('PutObjectAnnotation', 'PUT', 'object', 'annotation'),
  row('RenameObject', 'PUT', 'object', 'renameObject', 's3:PutObject'),
  row('UpdateObjectEncryption', 'PUT', 'object', 'encryption', 's3:PutObject'),
  row('RestoreObject', 'POST', 'object', 'restore'),
  row('SelectObjectContent', 'POST', 'object', 'select', 's3:GetObject'),
  row('CreateMultipartUpload', 'POST', 'object', 'uploads', 's3:PutObject'),
  row('CompleteMultipartUpload', 'POST', 'object', 'uploadId', 's3:PutObject'),
  row('AbortMultipartUpload', 'DELETE', 'object', 'uploadId'),
  row('ListParts', 'GET', 'object', 'uploadId', 's3:ListMultipartUploadParts'),
  { ...row('UploadPartCopy', 'PUT', 'object', 'uploadId', 's3:PutObject'), header: 'x-amz-copy-source' },
  row('UploadPart', 'PUT', 'object', 'uploadId', 's3:PutObject'),
  { ...row('CopyObject', 'PUT', 'object', undefined, 's3:PutObject'), header: 'x-amz-copy-source' },
  row('PutObject', 'PUT', 'object'),
  row('GetObject', 'GET', 'object'),
  row('HeadObject', 'HEAD', 'object', undefined, 's3:GetObject'),
  row('DeleteObject', 'DELETE', 'object'),
];
