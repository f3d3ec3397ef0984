import { ServiceFault } from '../service-fault.ts';
import { type ChunkedBody, decodeAwsChunked } from './aws-chunked.ts';
import type { KeyBook } from './key-book.ts';
import type { RequestHead } from './request-head.ts';
import type { SignatureClaim } from './signature-claim.ts';
import { sameText, scopeText, sha256Hex, signV4 } from './sigv4.ts';

export interface Payload {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

export interface PayloadOptions {
  readonly head: RequestHead;
  /** The body as it came over the wire. */
  readonly raw: Buffer;
  readonly claim: SignatureClaim | undefined;
  readonly keys: KeyBook;
}

/**
 * The body that the sender meant, checked against what `x-amz-content-sha256` and the chunk signatures say of it.
 * @throws ServiceFault XAmzContentSHA256Mismatch, SignatureDoesNotMatch, IncompleteBody, InvalidArgument.
 */
export function readPayload(options: PayloadOptions): Payload {
  const { head, raw } = options;
  const stated = head.headers['x-amz-content-sha256'];
  if (stated?.startsWith('STREAMING-')) return readChunked(options, stated);
  if (stated === undefined || stated === 'UNSIGNED-PAYLOAD') return { body: raw, trailers: {} };
  if (!/^[0-9a-f]{64}$/i.test(stated)) {
    const message =
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid sha256 value.';
    throw new ServiceFault(400, 'InvalidArgument', message);
  }
  const computed = sha256Hex(raw);
  if (computed !== stated.toLowerCase()) throw mismatch(stated, computed);
  return { body: raw, trailers: {} };
}

function readChunked({ head, raw, claim, keys }: PayloadOptions, stated: string): Payload {
  const chunked = decodeAwsChunked(raw);
  const length = head.headers['x-amz-decoded-content-length'];
  if (length === undefined) {
    throw new ServiceFault(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (Number(length) !== chunked.body.length) {
    throw new ServiceFault(400, 'IncompleteBody', 'The request body terminated unexpectedly');
  }
  const secret = claim && keys.secretOf(claim.accessKeyId);
  if (claim && secret && stated.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')) verifyChunks(chunked, claim, secret);
  return { body: chunked.body, trailers: chunked.trailers };
}

/** Each chunk's signature covers the one before it; the first follows the signature of the head. */
function verifyChunks(chunked: ChunkedBody, claim: SignatureClaim, secret: string): void {
  const emptyHash = sha256Hex('');
  const prefix = (kind: string) => [`AWS4-HMAC-SHA256-${kind}`, claim.timestamp, scopeText(claim.scope)];
  let previous = claim.signature;
  const follow = (signature: string | undefined, lines: readonly string[]) => {
    if (!sameText(signV4(secret, claim.scope, lines.join('\n')), signature ?? '')) throw badChunk();
    previous = signature ?? '';
  };
  for (const { data, signature } of chunked.chunks) {
    follow(signature, [...prefix('PAYLOAD'), previous, emptyHash, sha256Hex(data)]);
  }
  const trailer = Object.entries(chunked.trailers)
    .map(([name, value]) => `${name}:${value}\n`)
    .sort();
  if (trailer.length > 0) {
    follow(chunked.trailerSignature, [...prefix('TRAILER'), previous, sha256Hex(trailer.join(''))]);
  }
}

function badChunk(): ServiceFault {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
  return new ServiceFault(403, 'SignatureDoesNotMatch', message);
}

function mismatch(stated: string, computed: string): ServiceFault {
  const details = { ClientComputedContentSHA256: stated, S3ComputedContentSHA256: computed };
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  return new ServiceFault(400, 'XAmzContentSHA256Mismatch', message, { details });
}
