import { isPublicPolicy } from '../../policy/is-public-policy.ts';
import { parseBucketPolicy } from '../../policy/parse-bucket-policy.ts';
import { ServiceFault } from '../../service-fault.ts';
import { xmlDocument } from '../../xml.ts';
import type { BucketSettings } from '../model.ts';
import { type BucketContext, type BucketOperation, s3Namespace } from '../s3-context.ts';

/** GetBucketPolicy: the text as it was put. */
export const getBucketPolicy: BucketOperation = ({ bucket }) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: policyText(bucket.settings),
});

/** PutBucketPolicy: checked in full; a public one is refused under BlockPublicPolicy. */
export const putBucketPolicy: BucketOperation = ({ bucket, request, store }) => {
  const text = request.body.toString();
  const policy = parseBucketPolicy(text, bucket.settings.name);
  if (isPublicPolicy(policy) && bucket.settings.publicAccessBlock?.BlockPublicPolicy) {
    const message =
      'User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';
    throw new ServiceFault(403, 'AccessDenied', message);
  }
  store.putSettings({ ...bucket.settings, policy: text });
  return { status: 204 };
};

/** DeleteBucketPolicy: also where there is none. */
export const deleteBucketPolicy: BucketOperation = ({ bucket, store }) => {
  const { policy: _policy, ...settings } = bucket.settings;
  store.putSettings(settings);
  return { status: 204 };
};

/** GetBucketPolicyStatus. */
export const getBucketPolicyStatus: BucketOperation = ({ bucket }: BucketContext) => {
  const IsPublic = isPublicPolicy(parseBucketPolicy(policyText(bucket.settings), bucket.settings.name));
  const body = xmlDocument('PolicyStatus', s3Namespace, { IsPublic });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
};

function policyText({ policy, name }: BucketSettings): string {
  if (policy !== undefined) return policy;
  const details = { BucketName: name };
  throw new ServiceFault(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist', { details });
}
