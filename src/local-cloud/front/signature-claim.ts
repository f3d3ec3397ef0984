import { ServiceFault } from '../service-fault.ts';
import { queryPairs } from './canonical-request.ts';
import type { RequestHead } from './request-head.ts';
import type { CredentialScope } from './sigv4.ts';

/** What a request says about its own signature, not yet believed. */
export interface SignatureClaim {
  readonly algorithm: SignatureAlgorithm;
  readonly place: 'header' | 'query';
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  /** Presigned requests only. */
  readonly expiresSeconds?: number;
}

export type SignatureAlgorithm = 'AWS4-HMAC-SHA256' | 'AWS4-ECDSA-P256-SHA256';

/** Reads the claim of a header or presigned signature; undefined where the request is unsigned. */
export function readClaim(head: RequestHead): SignatureClaim | undefined {
  const authorization = head.headers.authorization;
  if (authorization !== undefined) return headerClaim(authorization, head);
  const query = new Map(queryPairs(head.rawQuery));
  if (query.has('AWSAccessKeyId') && query.has('Signature')) throw unsupported();
  return query.has('X-Amz-Algorithm') ? queryClaim(query) : undefined;
}

function headerClaim(authorization: string, head: RequestHead): SignatureClaim {
  const [word = '', ...rest] = authorization.split(' ');
  const fields = new Map(
    rest
      .join(' ')
      .split(',')
      .map((part) => splitOnce(part.trim(), '=')),
  );
  return {
    algorithm: algorithmOf(word),
    place: 'header',
    ...credentialOf(fields.get('Credential')),
    signedHeaders: headerNames(fields.get('SignedHeaders')),
    signature: fields.get('Signature') ?? malformed('missing Signature'),
    timestamp: timestampOf(head.headers['x-amz-date'] ?? compactDate(head.headers.date)),
  };
}

function queryClaim(query: ReadonlyMap<string, string>): SignatureClaim {
  const expiresSeconds = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  // Amazon S3 API reference, "Authenticating requests: using query parameters": at most seven days.
  if (!(expiresSeconds > 0 && expiresSeconds <= 604_800)) {
    throw new ServiceFault(400, 'AuthorizationQueryParametersError', 'X-Amz-Expires must be between 1 and 604800');
  }
  return {
    algorithm: algorithmOf(query.get('X-Amz-Algorithm') ?? ''),
    place: 'query',
    ...credentialOf(query.get('X-Amz-Credential')),
    signedHeaders: headerNames(query.get('X-Amz-SignedHeaders')),
    signature: query.get('X-Amz-Signature') ?? malformed('missing X-Amz-Signature'),
    timestamp: timestampOf(query.get('X-Amz-Date')),
    expiresSeconds,
  };
}

function algorithmOf(word: string): SignatureAlgorithm {
  if (word === 'AWS4-HMAC-SHA256' || word === 'AWS4-ECDSA-P256-SHA256') return word;
  throw unsupported();
}

/** Signature Version 2 and whatever else there may be. */
function unsupported(): ServiceFault {
  const message = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
  return new ServiceFault(400, 'InvalidRequest', message);
}

/** `KEY/DATE/REGION/SERVICE/aws4_request`, or without the region under SigV4a. */
function credentialOf(text: string | undefined): { accessKeyId: string; scope: CredentialScope } {
  const parts = (text ?? malformed('missing Credential')).split('/');
  const terminator = parts.pop();
  const [accessKeyId = '', date = '', ...place] = parts;
  const service = place.pop() ?? '';
  const region = place.pop();
  if (terminator !== 'aws4_request' || accessKeyId === '' || service === '' || place.length > 0) {
    malformed(`the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"`);
  }
  return { accessKeyId, scope: region === undefined ? { date, service } : { date, region, service } };
}

function headerNames(text: string | undefined): readonly string[] {
  return (text ?? malformed('missing SignedHeaders')).split(';');
}

function timestampOf(text: string | undefined): string {
  if (text !== undefined && /^\d{8}T\d{6}Z$/.test(text)) return text;
  const message = 'AWS authentication requires a valid Date or x-amz-date header';
  throw new ServiceFault(403, 'AccessDenied', message);
}

function compactDate(date: string | undefined): string | undefined {
  const parsed = Date.parse(date ?? '');
  if (Number.isNaN(parsed)) return undefined;
  return `${new Date(parsed).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function malformed(what: string): never {
  const message = `The authorization header is malformed; ${what}.`;
  throw new ServiceFault(400, 'AuthorizationHeaderMalformed', message);
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
