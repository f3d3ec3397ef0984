import type { EdgeDistribution } from '../edge-view.ts';
import type { FunctionEvent, FunctionRequest } from '../sandbox/function-event.ts';
import { isDisallowedHeader } from '../sandbox/header-rules.ts';
import type { EdgeRequest } from './edge-request.ts';
import { headersFromFields, headersToFields, toFields, valuesFromFields } from './event-fields.ts';

/** What a viewer-request function gets: the request as it came, without the headers that functions may not see. */
export function viewerRequestEvent(distribution: EdgeDistribution, request: EdgeRequest): FunctionEvent {
  return {
    version: '1.0',
    context: {
      distributionDomainName: distribution.domain,
      distributionId: distribution.id,
      eventType: 'viewer-request',
      requestId: request.id,
    },
    viewer: { ip: request.ip },
    request: {
      method: request.method,
      uri: request.uri,
      querystring: toFields(request.query),
      headers: headersToFields(request.headers.filter(([name]) => !isDisallowedHeader(name))),
      cookies: toFields(request.cookies),
    },
  };
}

/** The request as a viewer-request function returned it. What it did not change keeps its spelling. */
export function applyFunctionRequest(
  request: EdgeRequest,
  event: FunctionEvent,
  returned: FunctionRequest,
): EdgeRequest {
  const hidden = request.headers.filter(([name]) => isDisallowedHeader(name));
  return {
    ...request,
    uri: returned.uri,
    query: valuesFromFields(returned.querystring, request.query),
    headers: [...headersFromFields(returned.headers, event.request.headers), ...hidden],
    cookies: valuesFromFields(returned.cookies, request.cookies),
  };
}
