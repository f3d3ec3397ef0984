import { createHash } from 'node:crypto';
import { ServiceFault } from '../../service-fault.ts';
import type { WireRequest } from '../../wire.ts';
import { notImplemented } from '../s3-context.ts';
import { algorithms, type ChecksumAlgorithm, checksumOf, isChecksumAlgorithm } from './algorithms.ts';

export interface SentChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64, as it was sent. */
  readonly value: string;
}

/**
 * The checksum that a request states in a header or a trailer.
 * @throws ServiceFault InvalidRequest (several, or not of the algorithm's length), NotImplemented (XXHash).
 */
export function sentChecksum(request: WireRequest): SentChecksum | undefined {
  const lines = Object.entries({ ...request.headers, ...request.trailers });
  const sent = lines.filter(([name]) => /^x-amz-checksum-(?!algorithm$|mode$|type$)/.test(name));
  const [first, second] = sent;
  if (first === undefined) return missingTrailer(request);
  if (second !== undefined) {
    throw invalid('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [name, value] = first;
  const algorithm = name.slice('x-amz-checksum-'.length).toUpperCase();
  if (!isChecksumAlgorithm(algorithm)) throw notImplemented();
  return { algorithm, value };
}

/**
 * Checks the body against `Content-MD5` and the stated checksum.
 * @throws ServiceFault InvalidDigest, InvalidRequest, BadDigest.
 */
export function verifyIntegrity(request: WireRequest): void {
  const md5 = request.headers['content-md5'];
  if (md5 !== undefined) verifyMd5(md5, request.body);
  const sent = sentChecksum(request);
  if (sent === undefined) return;
  if (!isOfLength(sent.value, algorithms[sent.algorithm].bytes)) {
    throw invalid(`Value for x-amz-checksum-${sent.algorithm.toLowerCase()} header is invalid.`);
  }
  if (checksumOf(sent.algorithm, request.body) !== sent.value) {
    const message = `The ${sent.algorithm} you specified did not match the calculated checksum.`;
    throw new ServiceFault(400, 'BadDigest', message);
  }
}

function verifyMd5(stated: string, body: Buffer): void {
  if (!isOfLength(stated, 16)) {
    throw new ServiceFault(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  const calculated = createHash('md5').update(body).digest('base64');
  if (calculated === stated) return;
  const details = { ExpectedDigest: stated, CalculatedDigest: calculated };
  throw new ServiceFault(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.', {
    details,
  });
}

function isOfLength(base64: string, bytes: number): boolean {
  return /^[A-Za-z0-9+/]+=*$/.test(base64) && Buffer.from(base64, 'base64').length === bytes;
}

function missingTrailer(request: WireRequest): undefined {
  const announced = request.headers['x-amz-trailer'];
  if (announced === undefined || announced.toLowerCase() in request.trailers) return undefined;
  const message =
    'The request contained trailing data that was not well-formed or did not conform to our published schema.';
  throw new ServiceFault(400, 'MalformedTrailerError', message);
}

function invalid(message: string): ServiceFault {
  return new ServiceFault(400, 'InvalidRequest', message);
}
