import { deniedMessage } from '../policy/denied-message.ts';
import { identityVerdict } from '../policy/identity-verdict.ts';
import type { WireRequest, WireResponse } from '../wire.ts';
import type { Call, Cloud } from './call.ts';
import { cloudFrontFault } from './cloudfront-fault.ts';
import { handlers } from './handlers.ts';
import { permissionsOf, resourceOf } from './permissions.ts';
import { findRoute, type Operation } from './routes.ts';

/**
 * Answers one request of the control plane.
 * @throws ServiceFault for whatever CloudFront would refuse.
 */
export function handle(cloud: Cloud, request: WireRequest): WireResponse | Promise<WireResponse> {
  const { caller } = request;
  if (caller.kind !== 'account') throw cloudFrontFault('AccessDenied');
  const found = findRoute(request);
  if (found === undefined) {
    const sentence = `The local cloud does not have ${request.method} ${request.rawPath}.`;
    throw cloudFrontFault('NotImplemented', sentence);
  }
  const call: Call = { cloud, request, account: caller.account, params: found.params };
  authorize(call, found.operation);
  return handlers[found.operation](call);
}

/** Holds the caller to its own policy, where it has one. */
function authorize(call: Call, operation: Operation): void {
  const { caller } = call.request;
  for (const permission of permissionsOf(operation)) {
    const { action } = permission;
    const resource = resourceOf(call, permission);
    const verdict = identityVerdict(caller, { action, resource });
    if (verdict !== 'allow')
      throw cloudFrontFault('AccessDenied', deniedMessage(caller, { action, resource, verdict }));
  }
}
