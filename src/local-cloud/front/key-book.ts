import type { KeyObject } from 'node:crypto';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { Caller } from '../wire.ts';
import { deriveSigV4aPublicKey, type KeyPair } from './sigv4a.ts';

/** The keys whose signatures are recomputed; every other access key is let in unchecked as a foreign account. */
export interface KeyBook {
  /** The secret of a known access key. */
  secretOf(accessKeyId: string): string | undefined;
  /** The SigV4a key of a known access key, derived once. */
  publicKeyOf(accessKeyId: string): KeyObject | undefined;
  callerOf(accessKeyId: string, sourceArn: string | undefined): Caller;
}

export interface KeyBookOptions {
  readonly account: string;
  /** The pair that the cloud gives to its user. */
  readonly own: KeyPair;
  /** The pair with which the edge signs origin requests in the name of CloudFront. */
  readonly service: KeyPair;
  /** The policy that the user's pair is held to at the moment. */
  readonly policy?: () => PolicyDocument | undefined;
}

/** The account of every access key that the cloud did not make. */
export const foreignAccount = '000000000000';

export function createKeyBook({ account, own, service, policy }: KeyBookOptions): KeyBook {
  const pairs = new Map([own, service].map((pair) => [pair.accessKeyId, pair]));
  const publicKeys = new Map<string, KeyObject>();
  return {
    secretOf: (accessKeyId) => pairs.get(accessKeyId)?.secretAccessKey,
    publicKeyOf(accessKeyId) {
      const pair = pairs.get(accessKeyId);
      if (pair === undefined) return undefined;
      const key = publicKeys.get(accessKeyId) ?? deriveSigV4aPublicKey(pair);
      publicKeys.set(accessKeyId, key);
      return key;
    },
    callerOf(accessKeyId, sourceArn) {
      if (accessKeyId === service.accessKeyId) {
        return { kind: 'service', service: 'cloudfront.amazonaws.com', sourceArn: sourceArn ?? '' };
      }
      const isOwn = accessKeyId === own.accessKeyId;
      const owner = isOwn ? account : foreignAccount;
      const held = isOwn ? policy?.() : undefined;
      const arn = `arn:aws:iam::${owner}:user/local`;
      return { kind: 'account', account: owner, accessKeyId, arn, ...(held === undefined ? {} : { policy: held }) };
    },
  };
}
