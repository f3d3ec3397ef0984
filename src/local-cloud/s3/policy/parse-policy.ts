import { ServiceFault } from '../../service-fault.ts';
import {
  type ConditionOperator,
  conditionOperators,
  type Listed,
  type PolicyCondition,
  type PolicyDocument,
  type PolicyPrincipals,
  type PolicyStatement,
} from './policy-document.ts';

/**
 * Reads a bucket policy and checks it as PutBucketPolicy does.
 * @throws ServiceFault MalformedPolicy, in S3's words where they are known.
 */
export function parsePolicy(text: string, bucket: string): PolicyDocument {
  // S3 user guide, "Bucket policies": limited to 20 KB.
  if (Buffer.byteLength(text) > 20_480) malformed('The policy exceeded the maximum allowed document size.');
  const root = readJson(text);
  if (root.Version !== undefined && root.Version !== '2012-10-17' && root.Version !== '2008-10-17') {
    malformed('The policy must contain a valid version string');
  }
  onlyFields(root, ['Version', 'Id', 'Statement']);
  if (root.Statement === undefined) malformed('Missing required field Statement');
  const statements = (Array.isArray(root.Statement) ? root.Statement : [root.Statement]) as unknown[];
  if (statements.length === 0) malformed('Could not parse the policy: Statement is empty!');
  return { statements: statements.map((statement) => readStatement(statement, bucket)) };
}

function readStatement(value: unknown, bucket: string): PolicyStatement {
  if (!isRecord(value)) malformed('Statement must be an object');
  const fields = [
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ];
  onlyFields(value, fields);
  if (value.Effect !== 'Allow' && value.Effect !== 'Deny') malformed(`Invalid effect: ${String(value.Effect)}`);
  const statement: PolicyStatement = {
    effect: value.Effect,
    principals: readPrincipals(value),
    actions: readListed(value, 'Action'),
    resources: readListed(value, 'Resource'),
    conditions: readConditions(value.Condition ?? {}),
  };
  if (!statement.actions.items.every((action) => action === '*' || /^s3:[\w*?]+$/i.test(action))) {
    malformed('Policy has invalid action');
  }
  const arn = `arn:aws:s3:::${bucket}`;
  const isOurs = (resource: string) => resource === arn || resource.startsWith(`${arn}/`) || resource === `${arn}*`;
  if (!statement.resources.items.every(isOurs)) malformed('Policy has invalid resource');
  if (!everyActionApplies(statement)) malformed('Action does not apply to any resource(s) in statement');
  return statement;
}

/** An action on objects needs a resource with a `/`, one on the bucket a resource without. Patterns are not judged. */
function everyActionApplies({ actions, resources }: PolicyStatement): boolean {
  if (actions.not || resources.not) return true;
  return actions.items.every(
    (action) => /[*?]/.test(action) || resources.items.some((resource) => appliesTo(resource, isObjectAction(action))),
  );
}

function appliesTo(resource: string, onObject: boolean): boolean {
  return resource.includes('/') === onObject || (!resource.includes('/') && resource.endsWith('*'));
}

function isObjectAction(action: string): boolean {
  return /^s3:(?:(?:Get|Put|Delete|Bypass|Restore|Replicate|Initiate|Update)Object|Abort|ListMultipartUploadParts)/i.test(
    action,
  );
}

function readPrincipals(statement: Record<string, unknown>): PolicyPrincipals {
  const not = statement.NotPrincipal !== undefined;
  const value = statement.Principal ?? statement.NotPrincipal ?? malformed('Missing required field Principal');
  if (value === '*') return { not, items: [{ kind: 'everyone', name: '*' }] };
  if (!isRecord(value)) malformed('Invalid policy syntax.');
  const items = Object.entries(value).flatMap(([kind, names]) =>
    readStrings(names).map((name) => readPrincipal(kind, name)),
  );
  if (items.length === 0) malformed('Missing required field Principal cannot be empty!');
  return { not, items };
}

function readPrincipal(kind: string, name: string): PolicyPrincipals['items'][number] {
  if (kind !== 'AWS' && kind !== 'Service' && kind !== 'CanonicalUser' && kind !== 'Federated') {
    malformed('Invalid policy syntax.');
  }
  if (kind === 'AWS' && name === '*') return { kind: 'everyone', name };
  const isValid = kind !== 'AWS' || /^\d{12}$/.test(name) || /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:.+$/.test(name);
  if (!isValid) malformed('Invalid principal in policy');
  return { kind, name };
}

function readListed(statement: Record<string, unknown>, name: 'Action' | 'Resource'): Listed {
  const positive = statement[name];
  const value = positive ?? statement[`Not${name}`] ?? malformed(`Missing required field ${name}`);
  const items = readStrings(value);
  if (items.length === 0) malformed(`Missing required field ${name} cannot be empty!`);
  return { not: positive === undefined, items };
}

function readConditions(value: unknown): readonly PolicyCondition[] {
  if (!isRecord(value)) malformed('Invalid Condition');
  return Object.entries(value).flatMap(([type, keys]) => {
    const [, name = '', ifExists = ''] = /^(\w+?)(IfExists)?$/.exec(type) ?? [];
    if (!isOperator(name)) malformed(`Invalid Condition type : ${type}`);
    if (!isRecord(keys)) malformed('Invalid Condition');
    return Object.entries(keys).map(([key, values]) => {
      if (!/^(?:aws|s3):/i.test(key)) malformed('Policy has an invalid condition key');
      return { operator: name, ifExists: ifExists !== '', key: key.toLowerCase(), values: readStrings(values) };
    });
  });
}

function readStrings(value: unknown): readonly string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') return String(item);
    return malformed('Invalid policy syntax.');
  });
}

function readJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  return isRecord(value) ? value : malformed("Policies must be valid JSON and the first byte must be '{'");
}

function onlyFields(value: Record<string, unknown>, fields: readonly string[]): void {
  const unknown = Object.keys(value).find((field) => !fields.includes(field));
  if (unknown !== undefined) malformed(`Unknown field ${unknown}`);
}

function isOperator(name: string): name is ConditionOperator {
  return conditionOperators.some((operator) => operator === name);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): never {
  throw new ServiceFault(400, 'MalformedPolicy', message);
}
