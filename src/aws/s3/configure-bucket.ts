import { PutBucketLifecycleConfigurationCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { stateFolder } from '../../model/state-keys.ts';
import { closeBucket } from './close-bucket.ts';
import { callS3, type S3Context } from './s3-context.ts';

/**
 * Settings of a bucket that cdnpub made: closed to the public, versioned for rollback, and a lifecycle that never
 * touches the site's own versions: it aborts uploads that were never finished, removes lone delete markers, and forgets
 * old versions of the state folder.
 */
export async function configureBucket(context: S3Context): Promise<void> {
  const { client, bucket: Bucket, owner } = context;
  const target = { Bucket, ...owner };
  await closeBucket(context);
  await callS3(context, 'PutBucketVersioning', undefined, () =>
    client.send(new PutBucketVersioningCommand({ ...target, VersioningConfiguration: { Status: 'Enabled' } })),
  );
  await callS3(context, 'PutLifecycleConfiguration', undefined, () =>
    client.send(
      new PutBucketLifecycleConfigurationCommand({
        ...target,
        LifecycleConfiguration: { Rules: rules(context.prefix) },
      }),
    ),
  );
}

const rules = (prefix: string) => [
  {
    ID: 'cdnpub-uploads',
    Status: 'Enabled' as const,
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    Expiration: { ExpiredObjectDeleteMarker: true },
  },
  {
    ID: 'cdnpub-state',
    Status: 'Enabled' as const,
    Filter: { Prefix: `${prefix}${stateFolder}` },
    NoncurrentVersionExpiration: { NoncurrentDays: 7 },
  },
];
