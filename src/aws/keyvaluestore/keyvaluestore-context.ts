import type { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { callAws } from '../call-aws.ts';
import type { Attempt } from '../sending/send-with-retries.ts';
import type { Sending } from '../sending/sending.ts';

/** What every call to the data plane of KeyValueStores needs. */
export interface KeyValueStoreContext {
  readonly client: CloudFrontKeyValueStoreClient;
  readonly principal: string | undefined;
  readonly profile: string | null;
  readonly sending: Sending;
  readonly renewCredentials: () => Promise<void>;
}

/** Calls a store; an error names the action and the store. `call` is made anew for each attempt. */
export function callStore<T>(
  { principal, profile, sending, renewCredentials }: KeyValueStoreContext,
  action: string,
  arn: string,
  call: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const subject = { action: `cloudfront-keyvaluestore:${action}`, resource: arn, principal, profile };
  return callAws({ ...subject, sending, renewCredentials, limit: undefined }, call);
}
