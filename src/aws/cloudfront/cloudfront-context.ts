import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { callAws } from '../call-aws.ts';
import type { Attempt } from '../sending/send-with-retries.ts';
import type { Sending } from '../sending/sending.ts';

/** What every call to CloudFront needs. */
export interface CloudFrontContext {
  readonly client: CloudFrontClient;
  readonly account: string;
  readonly partition: string;
  readonly principal: string | undefined;
  readonly profile: string | null;
  readonly sending: Sending;
  readonly renewCredentials: () => Promise<void>;
}

/** Calls CloudFront; an error names the action and what it was called on. `call` is made anew for each attempt. */
export function callCloudFront<T>(
  { principal, profile, sending, renewCredentials }: CloudFrontContext,
  action: string,
  resource: string,
  call: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const subject = { action: `cloudfront:${action}`, resource, principal, profile };
  return callAws({ ...subject, sending, renewCredentials, limit: undefined }, call);
}

/** What an answer of the API must hold; its absence is a fault of the service, not of the user. */
export function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`CloudFront answered without ${name}`);
  return value;
}
