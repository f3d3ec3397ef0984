import type { FrontService } from '../front/front-service.ts';
import { ServiceFault } from '../service-fault.ts';
import type { WireRequest, WireResponse } from '../wire.ts';
import { xmlDocument } from '../xml.ts';

/** STS over the query protocol: GetCallerIdentity, which needs no permission. */
export function createSts(): FrontService {
  return { handle: answer, operationOf: actionOf };
}

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

function answer(request: WireRequest): WireResponse {
  const action = actionOf(request);
  if (action !== 'GetCallerIdentity') {
    throw new ServiceFault(400, 'InvalidAction', `Could not find operation ${action} for version 2011-06-15`);
  }
  if (request.caller.kind !== 'account') {
    throw new ServiceFault(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  }
  const { account, arn } = request.caller;
  const body = xmlDocument('GetCallerIdentityResponse', namespace, {
    GetCallerIdentityResult: { Arn: arn, UserId: `AIDALOCAL${account}`, Account: account },
    ResponseMetadata: { RequestId: request.id },
  });
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function actionOf(request: WireRequest): string {
  return new URLSearchParams(request.body.toString()).get('Action') ?? request.query.get('Action') ?? 'Unknown';
}
