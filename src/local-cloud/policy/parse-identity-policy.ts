import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { malformed, onlyFields, readConditions, readEffect, readListed, readStatements } from './policy-grammar.ts';

/**
 * Reads a policy of a user or role: statements without a principal, since it speaks of whom it is attached to.
 * @throws ServiceFault MalformedPolicy.
 */
export function parseIdentityPolicy(text: string): PolicyDocument {
  // IAM user guide, "IAM and AWS STS quotas": the policies of a role hold 10,240 characters, white space not counted.
  if (text.replace(/\s/g, '').length > 10_240) malformed('The policy exceeds the 10240 characters of a role.');
  return { statements: readStatements(text).map(readStatement) };
}

const fields = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

function readStatement(value: Record<string, unknown>): PolicyStatement {
  onlyFields(value, fields);
  const statement: PolicyStatement = {
    effect: readEffect(value),
    principals: { not: false, items: [{ kind: 'everyone', name: '*' }] },
    actions: readListed(value, 'Action'),
    resources: readListed(value, 'Resource'),
    conditions: readConditions(value.Condition ?? {}, /^[a-z0-9-]+:./i),
  };
  // IAM user guide, "Action": a service prefix, a colon and a name; wildcards may stand in the name.
  const isAction = (action: string) => action === '*' || /^[a-z0-9-]+:[\w*?]+$/i.test(action);
  if (!statement.actions.items.every(isAction)) malformed('Actions/Conditions must be prefaced by a vendor');
  const isResource = (resource: string) => resource === '*' || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$/.test(resource);
  if (!statement.resources.items.every(isResource)) malformed('Resource must be in ARN format or "*".');
  return statement;
}
