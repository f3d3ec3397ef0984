import type { CloudFrontState, Policy, PolicyKind } from '../state.ts';
import { managedPolicies } from './managed-policies.ts';

/** A policy of that kind that the account can use: a managed one or its own. Without `account`: anybody's. */
export function findPolicy(state: CloudFrontState, kind: PolicyKind, id: string, account?: string): Policy | undefined {
  const found = managedPolicies.find((policy) => policy.id === id) ?? state.policies.get(id);
  if (found?.kind !== kind) return undefined;
  return account === undefined || found.account === account || found.account === 'managed' ? found : undefined;
}
