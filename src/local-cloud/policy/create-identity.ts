import { parseIdentityPolicy } from './parse-identity-policy.ts';
import type { PolicyDocument } from './policy-document.ts';

/** The policy that the cloud's own key pair is held to. */
export interface Identity {
  readonly policy: () => PolicyDocument | undefined;
  usePolicy(text: string | undefined): void;
}

/** Starts with a policy or with none. @throws ServiceFault MalformedPolicy */
export function createIdentity(text: string | undefined): Identity {
  let policy: PolicyDocument | undefined;
  const usePolicy = (next: string | undefined) => {
    policy = next === undefined ? undefined : parseIdentityPolicy(next);
  };
  usePolicy(text);
  return { policy: () => policy, usePolicy };
}
