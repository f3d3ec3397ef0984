import type { PolicyCondition, PolicyDocument, PolicyStatement } from './policy-document.ts';

/**
 * Whether a policy is public ("The meaning of public", S3 user guide): it allows everyone, and no condition narrows
 * that to fixed values of a key that tells callers apart. A service principal is not public.
 */
export function isPublicPolicy(policy: PolicyDocument): boolean {
  return policy.statements.some((statement) => statement.effect === 'Allow' && isForEveryone(statement));
}

/** Condition keys that make a statement non-public when they are held to fixed values. */
const narrowingKeys: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:userid',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

function isForEveryone({ principals, conditions }: PolicyStatement): boolean {
  const everyone = principals.not || principals.items.some((item) => item.kind === 'everyone');
  return everyone && !conditions.some(isNarrowing);
}

function isNarrowing({ operator, ifExists, key, values }: PolicyCondition): boolean {
  if (!narrowingKeys.has(key) || ifExists || operator.includes('Not') || operator === 'Null') return false;
  if (key === 'aws:sourceip') return values.every((value) => !/\/0$/.test(value));
  return values.every((value) => !/[*?]/.test(value) && !value.includes('${'));
}
