import type { Clock } from '../clock.ts';
import { ServiceFault } from '../service-fault.ts';
import type { Caller, Service, WireRequest } from '../wire.ts';
import type { KeyBook } from './key-book.ts';
import type { BodyReader } from './read-body.ts';
import { readPayload } from './read-payload.ts';
import type { RequestHead } from './request-head.ts';
import { readClaim, type SignatureClaim } from './signature-claim.ts';
import { sha256Hex } from './sigv4.ts';
import { verifySignature } from './verify-signature.ts';

export interface AdmitOptions {
  readonly id: string;
  readonly head: RequestHead;
  readonly body: BodyReader;
  readonly keys: KeyBook;
  readonly clock: Clock;
  readonly arrivedAtMs: number;
}

/** A request as far as its head tells, from nobody and without a body: enough to name it when it is refused. */
export function draftRequest({ id, head, arrivedAtMs }: AdmitOptions, service: Service): WireRequest {
  const { method, rawPath, rawQuery, host, headers } = head;
  const query = new URLSearchParams(rawQuery);
  const nobody: Caller = { kind: 'anonymous' };
  return {
    id,
    service,
    method,
    rawPath,
    query,
    host,
    headers,
    body: Buffer.alloc(0),
    trailers: {},
    caller: nobody,
    arrivedAtMs,
  };
}

/**
 * Checks who sent a request and that its body is what was signed.
 * @throws ServiceFault in the words of the service that the request is for.
 */
export async function admitRequest(options: AdmitOptions, service: Service): Promise<WireRequest> {
  const { head, body, keys, clock } = options;
  const claim = readClaim(head);
  if (claim !== undefined) {
    const hashBody = async () => sha256Hex(await body.read());
    await verifySignature({ head, claim, service, keys, clock, hashBody });
  }
  const payload = readPayload({ head, raw: await body.read(), claim, keys });
  const region = claim?.scope.region;
  return {
    ...draftRequest(options, service),
    ...payload,
    caller: callerOf(claim, head, keys),
    ...(region === undefined ? {} : { region }),
  };
}

/** The service that a request is for, by its credential scope; unsigned requests are for S3. */
export function serviceOf(head: RequestHead): Service {
  const name = scopeService(head);
  const service = services.find((each) => each === name);
  if (service !== undefined) return service;
  throw new ServiceFault(501, 'NotImplemented', `The local cloud has no service "${name}".`);
}

const services: readonly Service[] = ['s3', 'sts', 'cloudfront', 'cloudfront-keyvaluestore'];

function scopeService(head: RequestHead): string {
  return readClaim(head)?.scope.service ?? 's3';
}

function callerOf(claim: SignatureClaim | undefined, head: RequestHead, keys: KeyBook): Caller {
  if (claim === undefined) return { kind: 'anonymous' };
  return keys.callerOf(claim.accessKeyId, head.headers['x-cdnpub-source-arn']);
}
