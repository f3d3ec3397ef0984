import type { FunctionEventType } from './function-event.ts';

/**
 * "Disallowed headers" (Restrictions on all edge functions): not shown to functions, and a function that adds one
 * fails validation. A name that ends in `*` stands for all that begin so.
 */
const disallowed: readonly string[] = [
  ...['connection', 'expect', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['trailer', 'upgrade', 'x-accel-buffering', 'x-accel-charset', 'x-accel-limit-rate', 'x-accel-redirect'],
  ...['x-amz-cf-*', 'x-amzn-auth', 'x-amzn-cf-billing', 'x-amzn-cf-id', 'x-amzn-cf-xff', 'x-amzn-errortype'],
  ...['x-amzn-fle-profile', 'x-amzn-header-count', 'x-amzn-header-order', 'x-amzn-lambda-integration-tag'],
  ...['x-amzn-requestid', 'x-cache', 'x-edge-*', 'x-forwarded-proto', 'x-real-ip'],
];

/** "Read-only headers" of the same page: functions can read but not add, modify or delete them. */
export const readOnlyHeaders = {
  'viewer-request': ['content-length', 'host', 'transfer-encoding', 'via'],
  'viewer-response': ['warning', 'via'],
} as const satisfies Record<FunctionEventType, readonly string[]>;

/** Whether functions may neither see nor add a header; `name` in lower case. */
export function isDisallowedHeader(name: string): boolean {
  return disallowed.some((rule) => (rule.endsWith('*') ? name.startsWith(rule.slice(0, -1)) : name === rule));
}
