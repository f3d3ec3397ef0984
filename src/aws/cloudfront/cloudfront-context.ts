import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { callAws } from '../tell-aws-error.ts';

/** What every call to CloudFront needs. */
export interface CloudFrontContext {
  readonly client: CloudFrontClient;
  readonly account: string;
  readonly partition: string;
  readonly principal: string | undefined;
  readonly profile: string | null;
}

/** Calls CloudFront; an error names the action and what it was called on. */
export function callCloudFront<T>(
  { principal, profile }: CloudFrontContext,
  action: string,
  resource: string,
  call: () => Promise<T>,
): Promise<T> {
  return callAws({ action: `cloudfront:${action}`, resource, principal, profile }, call);
}

/** What an answer of the API must hold; its absence is a fault of the service, not of the user. */
export function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`CloudFront answered without ${name}`);
  return value;
}
