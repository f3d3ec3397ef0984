import type { PolicyDocument, PolicyPrincipals, PolicyStatement } from './policy-document.ts';
import {
  isRecord,
  malformed,
  onlyFields,
  readConditions,
  readEffect,
  readListed,
  readStatements,
  readStrings,
} from './policy-grammar.ts';

/**
 * Reads a bucket policy and checks it as PutBucketPolicy does.
 * @throws ServiceFault MalformedPolicy, in S3's words where they are known.
 */
export function parseBucketPolicy(text: string, bucket: string): PolicyDocument {
  // S3 user guide, "Bucket policies": limited to 20 KB.
  if (Buffer.byteLength(text) > 20_480) malformed('The policy exceeded the maximum allowed document size.');
  return { statements: readStatements(text).map((statement) => readStatement(statement, bucket)) };
}

function readStatement(value: Record<string, unknown>, bucket: string): PolicyStatement {
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
  const statement: PolicyStatement = {
    effect: readEffect(value),
    principals: readPrincipals(value),
    actions: readListed(value, 'Action'),
    resources: readListed(value, 'Resource'),
    conditions: readConditions(value.Condition ?? {}, /^(?:aws|s3):/i),
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
