import type { Caller } from '../wire.ts';
import { evaluatePolicy, type PolicyQuestion } from './evaluate-policy.ts';

/**
 * What the policy of the caller itself says to a request. A key without a policy is the account's own and may do all
 * that the account may; AWS services are not held to any.
 */
export function identityVerdict(
  caller: Caller,
  question: Pick<PolicyQuestion, 'action' | 'resource'> & Partial<PolicyQuestion>,
): 'allow' | 'deny' | 'none' {
  if (caller.kind !== 'account' || caller.policy === undefined) return 'allow';
  return evaluatePolicy(caller.policy, { context: {}, ...question, caller });
}
