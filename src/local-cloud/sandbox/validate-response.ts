import { Buffer } from 'node:buffer';
import type { FunctionEvent } from './function-event.ts';
import { findCookieFault, findHeadersFault, holdsControl, isObject } from './validate-fields.ts';

/**
 * The largest body a function may make, in bytes. CloudFront publishes none for functions; this is the figure of its
 * other viewer-side code ("Quotas on Lambda@Edge": size of a response generated in a viewer event, 40 KB).
 */
const maxBodyBytes = 40_960;

/** What is wrong with a response that a function returned, or undefined. */
export function validateResponse(
  response: Readonly<Record<string, unknown>>,
  event: FunctionEvent,
): string | undefined {
  const { statusCode, statusDescription, headers, cookies, body } = response;
  if (statusCode === undefined) return 'response.statusCode is missing';
  // "This value is an integer, not a string." The range is HTTP's final statuses.
  if (!Number.isInteger(statusCode) || Number(statusCode) < 200 || Number(statusCode) > 599) {
    return 'response.statusCode must be an integer from 200 to 599';
  }
  if (statusDescription !== undefined && (typeof statusDescription !== 'string' || holdsControl(statusDescription))) {
    return 'response.statusDescription must be a string without control characters';
  }
  return (
    (headers === undefined ? undefined : findHeadersFault(headers, event, event.response?.headers ?? {})) ??
    (cookies === undefined ? undefined : findCookieFault(cookies, 'response.cookies')) ??
    findBodyFault(body)
  );
}

function findBodyFault(body: unknown): string | undefined {
  if (body === undefined || typeof body === 'string') return findSizeFault(body ?? '', 'utf8');
  if (!isObject(body) || typeof body.data !== 'string') return 'response.body.data must be a string';
  // "The only valid encodings are text and base64. If the body is not valid base64, CloudFront returns an error."
  if (body.encoding === 'text') return findSizeFault(body.data, 'utf8');
  if (body.encoding !== 'base64') return 'response.body.encoding must be text or base64';
  if (body.data.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(body.data)) return 'response.body is not base64';
  return findSizeFault(body.data, 'base64');
}

function findSizeFault(data: string, encoding: 'utf8' | 'base64'): string | undefined {
  return Buffer.byteLength(data, encoding) > maxBodyBytes ? `response.body is over ${maxBodyBytes} bytes` : undefined;
}
