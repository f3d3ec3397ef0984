import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { readBucketPolicy } from './read-bucket-policy.ts';
import { callS3, type S3Context } from './s3-context.ts';

/** Puts the statements into the bucket's policy, each in the place of its Sid; all that is not ours stays. */
export async function mergeBucketPolicy(
  context: S3Context,
  statements: readonly { readonly Sid?: string }[],
): Promise<void> {
  const policy = await readBucketPolicy(context);
  const ours = new Set(statements.map(({ Sid }) => Sid));
  const others = policy.Statement.filter(({ Sid }) => Sid === undefined || !ours.has(Sid));
  const Policy = JSON.stringify({ ...policy, Statement: [...others, ...statements] });
  await callS3(context, 'PutBucketPolicy', undefined, () =>
    context.client.send(new PutBucketPolicyCommand({ Bucket: context.bucket, ...context.owner, Policy })),
  );
}
