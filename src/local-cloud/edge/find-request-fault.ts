import type { EdgeBehavior } from '../edge-view.ts';
import type { EdgeRequest } from './edge-request.ts';

export interface RequestFault {
  readonly status: number;
  readonly message: string;
}

/** Why the edge turns a request away before it looks at functions, cache or origin; undefined where it does not. */
export function findRequestFault(request: EdgeRequest, behavior: EdgeBehavior): RequestFault | undefined {
  // CloudFront quotas: URL 8,192 bytes, request 20,480; "if a request or a URL exceeds these maximums … 413".
  if (request.urlBytes > 8192 || request.headBytes > 20_480)
    return { status: 413, message: 'Bad request. The request is too long.' };
  // Not one of the seven methods that CloudFront processes ("HTTP methods"): answered before any distribution is seen.
  if (!methods.includes(request.method)) return { status: 400, message: 'Bad request.' };
  if (!behavior.allowedMethods.includes(request.method)) return { status: 403, message: notAllowed };
  // "If a viewer GET request includes a body, CloudFront returns an HTTP status code 403."
  if (request.method === 'GET' && request.hasBody) return { status: 403, message: 'Bad request.' };
  return undefined;
}

const methods: readonly string[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

const notAllowed =
  'This distribution is not configured to allow the HTTP request method that was used for this request. ' +
  'The distribution supports only cachable requests.';
