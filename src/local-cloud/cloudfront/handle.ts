import type { WireRequest, WireResponse } from '../wire.ts';
import type { Cloud } from './call.ts';
import { cloudFrontFault } from './cloudfront-fault.ts';
import { handlers } from './handlers.ts';
import { findRoute } from './routes.ts';

/**
 * Answers one request of the control plane.
 * @throws ServiceFault for whatever CloudFront would refuse.
 */
export function handle(cloud: Cloud, request: WireRequest): WireResponse {
  const { caller } = request;
  if (caller.kind !== 'account') throw cloudFrontFault('AccessDenied');
  const found = findRoute(request);
  if (found === undefined) {
    const sentence = `The local cloud does not have ${request.method} ${request.rawPath}.`;
    throw cloudFrontFault('NotImplemented', sentence);
  }
  return handlers[found.operation]({ cloud, request, account: caller.account, params: found.params });
}
