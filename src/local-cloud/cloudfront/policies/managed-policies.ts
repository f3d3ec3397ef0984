import type { Policy } from '../state.ts';
import { managedCachePolicies } from './managed-cache-policies.ts';
import { managedOriginRequestPolicies } from './managed-origin-request-policies.ts';
import { managedResponseHeadersPolicies } from './managed-response-headers-policies.ts';

/** The policies that AWS manages, with their ids [facts 1.3] and contents [cfg23 using-managed-*-policies]. */
export const managedPolicies: readonly Policy[] = [
  ...managedCachePolicies,
  ...managedOriginRequestPolicies,
  ...managedResponseHeadersPolicies,
];
