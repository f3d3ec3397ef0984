import type { S3Client } from '@aws-sdk/client-s3';
import type { CallContext } from '../tell-aws-error.ts';
import { callAws } from '../tell-aws-error.ts';

/** What every call to a bucket needs. */
export interface S3Context {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
  /** Sent with each call, so that a bucket of the same name in another account is never touched. */
  readonly owner: { readonly ExpectedBucketOwner?: string };
  readonly principal: string | undefined;
  readonly profile: string | null;
}

/** Calls S3; an error names the action, and the key or the bucket. */
export function callS3<T>(
  context: S3Context,
  action: string,
  key: string | undefined,
  call: () => Promise<T>,
): Promise<T> {
  const { bucket, prefix, principal, profile } = context;
  const resource = key === undefined ? `bucket ${bucket}` : `${bucket}/${prefix}${key}`;
  return callAws({ action: `s3:${action}`, resource, principal, profile } satisfies CallContext, call);
}
