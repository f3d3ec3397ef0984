import type { S3Client } from '@aws-sdk/client-s3';
import { stateFolder } from '../../model/state-keys.ts';
import { callAws } from '../call-aws.ts';
import type { Attempt } from '../sending/send-with-retries.ts';
import type { Sending } from '../sending/sending.ts';
import type { BulkLine } from './bulk/bulk-line.ts';

/** What every call to a bucket needs. */
export interface S3Context {
  readonly client: S3Client;
  /** For the many small writes of a deploy; opened by the first. */
  readonly bulk: () => Promise<BulkLine>;
  readonly bucket: string;
  readonly prefix: string;
  /** Sent with each call, so that a bucket of the same name in another account is never touched. */
  readonly owner: { readonly ExpectedBucketOwner?: string };
  readonly principal: string | undefined;
  readonly profile: string | null;
  readonly sending: Sending;
  readonly renewCredentials: () => Promise<void>;
  /** What time it is by the `Date` of the last answer, milliseconds since the epoch; undefined before the first. */
  readonly serverNow: () => number | undefined;
  /** Whether this store obeys `If-Match` and `If-None-Match` on writes. */
  readonly conditions: { honoured: boolean };
}

/**
 * Calls S3; an error names the action, and the key or the bucket. `call` sends one request and is made anew for each
 * attempt; it must not use `callS3` itself, since it holds a place in the limiter. `bytes`: of the body it sends.
 */
export function callS3<T>(
  context: S3Context,
  action: string,
  key: string | undefined,
  call: (attempt: Attempt) => Promise<T>,
  bytes = 0,
): Promise<T> {
  const { bucket, prefix, principal, profile, sending, renewCredentials } = context;
  const resource = key === undefined ? `bucket ${bucket}` : `${bucket}/${prefix}${key}`;
  // Few, small, and everything waits for them; the lock's heartbeat must not stand behind a thousand files.
  const lane = key?.startsWith(stateFolder) ? 'first' : 'usual';
  const subject = { action: `s3:${action}`, resource, principal, profile };
  return callAws({ ...subject, sending, renewCredentials, limit: { lane, bytes } }, call);
}
