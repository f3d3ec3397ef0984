import type { ServiceFault } from '../service-fault.ts';
import type { Service, WireResponse } from '../wire.ts';
import { xmlDocument } from '../xml.ts';

/** Writes a fault as `service` would: S3's bare `<Error>`, the query services' `<ErrorResponse>`, the store's JSON. */
export function serviceError(service: Service, fault: ServiceFault, requestId: string): WireResponse {
  return writers[service](fault, requestId);
}

/** The namespaces that SDKs expect, as the services' models give them. */
const namespaces = {
  cloudfront: 'http://cloudfront.amazonaws.com/doc/2020-05-31/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
} as const;

const writers: Readonly<Record<Service, (fault: ServiceFault, requestId: string) => WireResponse>> = {
  s3: (fault, requestId) => ({
    status: fault.status,
    headers: { ...fault.headers, 'content-type': 'application/xml' },
    body: xmlDocument('Error', '', {
      Code: fault.code,
      Message: fault.message,
      ...fault.details,
      RequestId: requestId,
      HostId: 'localhost',
    }),
  }),
  sts: (fault, requestId) => errorResponse(namespaces.sts, fault, requestId),
  cloudfront: (fault, requestId) => errorResponse(namespaces.cloudfront, fault, requestId),
  'cloudfront-keyvaluestore': (fault) => ({
    status: fault.status,
    headers: { ...fault.headers, 'content-type': 'application/json', 'x-amzn-errortype': fault.code },
    body: JSON.stringify({ __type: fault.code, Message: fault.message }),
  }),
};

function errorResponse(namespace: string, fault: ServiceFault, requestId: string): WireResponse {
  const Type = fault.status < 500 ? 'Sender' : 'Receiver';
  return {
    status: fault.status,
    headers: { ...fault.headers, 'content-type': 'text/xml' },
    body: xmlDocument('ErrorResponse', namespace, {
      Error: { Type, Code: fault.code, Message: fault.message },
      RequestId: requestId,
    }),
  };
}
