import { ServiceFault } from '../../service-fault.ts';
import { xmlDocument } from '../../xml.ts';
import { type BucketOperation, s3Namespace } from '../s3-context.ts';

/** HeadBucket: that it is there, may be listed and where. */
export const headBucket: BucketOperation = ({ bucket }) => ({
  status: 200,
  headers: { 'x-amz-bucket-region': bucket.settings.region, 'x-amz-access-point-alias': 'false' },
});

/** DeleteBucket: only an empty one, versions and delete markers counted. */
export const deleteBucket: BucketOperation = ({ bucket, store }) => {
  if (bucket.versions.size > 0) {
    const details = { BucketName: bucket.settings.name };
    const isVersioned = bucket.settings.versioning !== undefined;
    const hint = isVersioned ? ' You must delete all versions in the bucket.' : '';
    throw new ServiceFault(409, 'BucketNotEmpty', `The bucket you tried to delete is not empty.${hint}`, { details });
  }
  for (const id of [...bucket.uploads.keys()]) store.removeUpload(bucket, id);
  store.removeBucket(bucket.settings.name);
  return { status: 204 };
};

/** GetBucketLocation: us-east-1 is written as nothing. */
export const getBucketLocation: BucketOperation = ({ bucket }) => {
  const { region } = bucket.settings;
  const body = xmlDocument('LocationConstraint', s3Namespace, region === 'us-east-1' ? '' : region);
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
};
