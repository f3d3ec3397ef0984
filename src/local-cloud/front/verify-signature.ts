import type { Clock } from '../clock.ts';
import { ServiceFault } from '../service-fault.ts';
import type { Service } from '../wire.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { KeyBook } from './key-book.ts';
import type { RequestHead } from './request-head.ts';
import type { SignatureClaim } from './signature-claim.ts';
import { sameText, scopeText, signV4, stringToSign } from './sigv4.ts';
import { verifySigV4a } from './sigv4a.ts';

export interface VerifyOptions {
  readonly head: RequestHead;
  readonly claim: SignatureClaim;
  readonly service: Service;
  readonly keys: KeyBook;
  readonly clock: Clock;
  /** Asked only when the request does not say its own hash, so that a body is not read for a request that fails. */
  readonly hashBody: () => Promise<string>;
}

/**
 * Recomputes the signature of a request that was made with one of the cloud's own keys.
 * @throws ServiceFault RequestTimeTooSkewed, AccessDenied (expired, headers left unsigned), SignatureDoesNotMatch.
 */
export async function verifySignature(options: VerifyOptions): Promise<void> {
  const { head, claim, service, keys } = options;
  if (keys.secretOf(claim.accessKeyId) === undefined) return;
  checkTime(claim, options.clock.now());
  checkSignedHeaders(head, claim, service);
  const canonical = canonicalRequest(head, {
    signedHeaders: claim.signedHeaders,
    payloadHash: await payloadHash(options),
    path: service === 's3' ? 'as-is' : 'normalised',
  });
  const text = stringToSign(claim.algorithm, claim.timestamp, claim.scope, canonical);
  if (!matches(claim, keys, text)) throw doesNotMatch(claim, service, { text, canonical });
}

/** AWS allows a request's time to differ from the server's by at most 15 minutes. */
const allowedSkewMs = 15 * 60_000;

function matches(claim: SignatureClaim, keys: KeyBook, text: string): boolean {
  if (claim.algorithm === 'AWS4-ECDSA-P256-SHA256') {
    const key = keys.publicKeyOf(claim.accessKeyId);
    return key !== undefined && verifySigV4a(key, text, claim.signature);
  }
  return sameText(signV4(keys.secretOf(claim.accessKeyId) ?? '', claim.scope, text), claim.signature);
}

async function payloadHash({ head, claim, service, hashBody }: VerifyOptions): Promise<string> {
  // Only S3 takes the client's word here; the front then compares it with the body.
  if (service !== 's3') return hashBody();
  const stated = head.headers['x-amz-content-sha256'];
  if (stated !== undefined) return stated;
  if (claim.place === 'query') return 'UNSIGNED-PAYLOAD';
  throw new ServiceFault(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
}

function checkTime(claim: SignatureClaim, now: number): void {
  const at = Date.parse(claim.timestamp.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  const ServerTime = new Date(now).toISOString();
  if (claim.expiresSeconds === undefined ? Math.abs(now - at) > allowedSkewMs : at - now > allowedSkewMs) {
    const message = "The difference between the request time and the server's time is too large.";
    const details = { RequestTime: claim.timestamp, ServerTime, MaxAllowedSkewMilliseconds: String(allowedSkewMs) };
    throw new ServiceFault(403, 'RequestTimeTooSkewed', message, { details });
  }
  if (claim.expiresSeconds !== undefined && now > at + claim.expiresSeconds * 1000) {
    throw new ServiceFault(403, 'AccessDenied', 'Request has expired', { details: { ServerTime } });
  }
  if (!claim.timestamp.startsWith(claim.scope.date)) {
    throw new ServiceFault(
      403,
      'SignatureDoesNotMatch',
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP',
    );
  }
}

/** S3 wants `host` and every `x-amz-*` header signed; the edge's word about its distribution must be signed as well. */
function checkSignedHeaders(head: RequestHead, claim: SignatureClaim, service: Service): void {
  const must = [...head.lines.keys()].filter((name) => name === 'host' || /^x-(?:amz|cdnpub)-/.test(name));
  const unsigned = must.filter((name) => !claim.signedHeaders.includes(name));
  if (service === 's3' && unsigned.length > 0) {
    const details = { HeadersNotSigned: unsigned.join(', ') };
    throw new ServiceFault(403, 'AccessDenied', 'There were headers present in the request which were not signed', {
      details,
    });
  }
}

function doesNotMatch(
  claim: SignatureClaim,
  service: Service,
  seen: { text: string; canonical: string },
): ServiceFault {
  const message =
    service === 's3'
      ? 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
      : 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
  const details = {
    AWSAccessKeyId: claim.accessKeyId,
    StringToSign: seen.text,
    SignatureProvided: claim.signature,
    CanonicalRequest: seen.canonical,
    CredentialScope: scopeText(claim.scope),
  };
  return new ServiceFault(403, 'SignatureDoesNotMatch', message, { details });
}
