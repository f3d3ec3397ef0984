import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface CredentialScope {
  /** `YYYYMMDD`. */
  readonly date: string;
  /** None in a SigV4a scope, which is for a set of regions. */
  readonly region?: string;
  readonly service: string;
}

/** The hex signature of Signature Version 4 over `stringToSign`. */
export function signV4(secretAccessKey: string, scope: CredentialScope, stringToSign: string): string {
  const parts = [scope.date, scope.region ?? '', scope.service, 'aws4_request'];
  const key = parts.reduce<Buffer>((secret, part) => hmac(secret, part), Buffer.from(`AWS4${secretAccessKey}`));
  return hmac(key, stringToSign).toString('hex');
}

/** What is signed: algorithm, time, scope and the hash of the canonical request. */
export function stringToSign(
  algorithm: string,
  timestamp: string,
  scope: CredentialScope,
  canonicalRequest: string,
): string {
  return [algorithm, timestamp, scopeText(scope), sha256Hex(Buffer.from(canonicalRequest, 'latin1'))].join('\n');
}

/** `DATE/REGION/SERVICE/aws4_request`, without the region where the scope has none. */
export function scopeText(scope: CredentialScope): string {
  const parts = [scope.date, scope.region, scope.service, 'aws4_request'];
  return parts.filter((part) => part !== undefined).join('/');
}

export function sha256Hex(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Compares two texts in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
