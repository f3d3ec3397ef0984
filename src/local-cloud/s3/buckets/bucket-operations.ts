import type { BucketOperation } from '../s3-context.ts';
import { deleteBucket, getBucketLocation, headBucket } from './bucket-itself.ts';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './bucket-policy.ts';
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from './bucket-tagging.ts';
import { getBucketVersioning, putBucketVersioning } from './bucket-versioning.ts';
import { deleteOwnershipControls, getOwnershipControls, putOwnershipControls } from './ownership-controls.ts';
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from './public-access-block.ts';
import { deleteDocument, getEncryption, getLifecycle, putEncryption, putLifecycle } from './stored-documents.ts';
import { getAcl, missing, putAcl, unset } from './unset-configurations.ts';

/** Everything about a bucket but what is in it. */
export const configurationOperations: Readonly<Record<string, BucketOperation>> = {
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getBucketLocation,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  PutBucketPolicy: putBucketPolicy,
  DeleteBucketPolicy: deleteBucketPolicy,
  GetPublicAccessBlock: getPublicAccessBlock,
  PutPublicAccessBlock: putPublicAccessBlock,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketTagging: getBucketTagging,
  PutBucketTagging: putBucketTagging,
  DeleteBucketTagging: deleteBucketTagging,
  GetBucketVersioning: getBucketVersioning,
  PutBucketVersioning: putBucketVersioning,
  GetBucketOwnershipControls: getOwnershipControls,
  PutBucketOwnershipControls: putOwnershipControls,
  DeleteBucketOwnershipControls: deleteOwnershipControls,
  GetBucketLifecycleConfiguration: getLifecycle,
  PutBucketLifecycleConfiguration: putLifecycle,
  DeleteBucketLifecycle: deleteDocument('lifecycle'),
  GetBucketEncryption: getEncryption,
  PutBucketEncryption: putEncryption,
  DeleteBucketEncryption: deleteDocument('encryption'),
  GetBucketAcl: getAcl,
  PutBucketAcl: putAcl,
  GetObjectAcl: getAcl,
  PutObjectAcl: putAcl,
  GetBucketCors: missing('NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
  GetBucketWebsite: missing('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'),
  GetBucketReplication: missing('ReplicationConfigurationNotFoundError', 'The replication configuration was not found'),
  GetObjectLockConfiguration: missing(
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ),
  GetBucketLogging: unset('BucketLoggingStatus'),
  GetBucketNotificationConfiguration: unset('NotificationConfiguration'),
  GetBucketAccelerateConfiguration: unset('AccelerateConfiguration'),
  GetBucketRequestPayment: unset('RequestPaymentConfiguration', { Payer: 'BucketOwner' }),
};
