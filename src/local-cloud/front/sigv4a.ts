import { createECDH, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * The public half of the ECDSA key that Signature Version 4a derives from a secret: NIST SP 800-108 in counter mode
 * with HMAC-SHA-256, the candidate taken when it is at most the curve's order less two, and one added.
 */
export function deriveSigV4aPublicKey({ accessKeyId, secretAccessKey }: KeyPair): KeyObject {
  const inputKey = Buffer.from(`AWS4A${secretAccessKey}`);
  for (let counter = 1; counter < 255; counter += 1) {
    const candidate = BigInt(`0x${deriveCandidate(inputKey, accessKeyId, counter).toString('hex')}`);
    if (candidate <= curveOrder - 2n) return publicKeyOf(candidate + 1n);
  }
  throw new Error('No candidate below the curve order: the chance of this is less than 2^-8000.');
}

/** Whether `signature` (hex of DER) is the key's over the SHA-256 of `stringToSign`. */
export function verifySigV4a(key: KeyObject, stringToSign: string, signature: string): boolean {
  if (!/^(?:[0-9a-f]{2})+$/i.test(signature)) return false;
  return verify('sha256', Buffer.from(stringToSign), key, Buffer.from(signature, 'hex'));
}

/** Order of NIST P-256 (FIPS 186-4, D.1.2.3). */
const curveOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function deriveCandidate(inputKey: Buffer, accessKeyId: string, counter: number): Buffer {
  const label = Buffer.from('AWS4-ECDSA-P256-SHA256');
  const context = Buffer.concat([Buffer.from(accessKeyId), Buffer.from([counter])]);
  const parts = [Buffer.from([0, 0, 0, 1]), label, Buffer.from([0]), context, Buffer.from([0, 0, 1, 0])];
  return createHmac('sha256', inputKey).update(Buffer.concat(parts)).digest();
}

function publicKeyOf(privateScalar: bigint): KeyObject {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(privateScalar.toString(16).padStart(64, '0'), 'hex'));
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
}
