import { ServiceFault } from '../service-fault.ts';
import type { Caller } from '../wire.ts';
import type { Bucket } from './model.ts';
import { evaluatePolicy } from './policy/evaluate-policy.ts';
import { isPublicPolicy } from './policy/is-public-policy.ts';
import { parsePolicy } from './policy/parse-policy.ts';
import type { PolicyDocument } from './policy/policy-document.ts';
import type { BucketContext } from './s3-context.ts';

/** @throws ServiceFault AccessDenied where the caller may not do `action` on the request's key (or `key`). */
export function authorize(context: BucketContext, action: string, key = context.key): void {
  if (isAllowed(context, action, key)) return;
  const { status, code, message } = accessDenied(context.request.caller, action);
  // HeadBucket tells everybody the region: that is how clients find it.
  const headers = context.op === 'HeadBucket' ? { 'x-amz-bucket-region': context.bucket.settings.region } : {};
  throw new ServiceFault(status, code, message, { headers });
}

/**
 * Whether the caller may: the owner's account unless a Deny says no, everybody else by an Allow of the bucket policy,
 * and then not through a public policy where RestrictPublicBuckets is on (AWS services and the owner excepted).
 */
export function isAllowed(context: BucketContext, action: string, key = context.key): boolean {
  const { bucket, request } = context;
  const isOwner = request.caller.kind === 'account' && request.caller.account === bucket.settings.owner;
  // The owner can always repair a policy that shuts everybody out, as the account's root user can on AWS.
  if (isOwner && /^s3:(?:Get|Put|Delete)BucketPolicy$/.test(action)) return true;
  const policy = policyOf(bucket);
  if (policy === undefined) return isOwner;
  const resource = `arn:aws:s3:::${bucket.settings.name}${key === '' ? '' : `/${key}`}`;
  const verdict = evaluatePolicy(policy, { caller: request.caller, action, resource, context: conditionKeys(context) });
  if (verdict === 'deny') return false;
  if (isOwner) return true;
  const isRestricted = bucket.settings.publicAccessBlock?.RestrictPublicBuckets && isPublicPolicy(policy);
  return verdict === 'allow' && (request.caller.kind === 'service' || !isRestricted);
}

/** Whether the request shows that the caller may know which keys there are: a missing key is a 404 only then. */
export function missingKey(context: BucketContext, key = context.key): ServiceFault {
  if (!isAllowed(context, 's3:ListBucket', '')) return accessDenied(context.request.caller, 's3:ListBucket');
  return new ServiceFault(404, 'NoSuchKey', 'The specified key does not exist.', { details: { Key: key } });
}

export function accessDenied(caller: Caller, action: string): ServiceFault {
  const who =
    caller.kind === 'account' ? `User: ${caller.arn} is not authorized to perform: ${action}` : 'Access Denied';
  return new ServiceFault(403, 'AccessDenied', who);
}

const parsed = new Map<string, PolicyDocument>();

function policyOf(bucket: Bucket): PolicyDocument | undefined {
  const { policy, name } = bucket.settings;
  if (policy === undefined) return undefined;
  const known = parsed.get(policy) ?? parsePolicy(policy, name);
  if (parsed.size > 100) parsed.clear();
  parsed.set(policy, known);
  return known;
}

/** The global and S3 condition keys that a request has. Loopback counts as secure transport. */
function conditionKeys({ request }: BucketContext): Readonly<Record<string, string>> {
  const { caller, query, headers } = request;
  const optional: Readonly<Record<string, string | undefined>> = {
    ...callerKeys(caller),
    's3:prefix': query.get('prefix') ?? undefined,
    's3:delimiter': query.get('delimiter') ?? undefined,
    's3:max-keys': query.get('max-keys') ?? undefined,
    's3:versionid': query.get('versionId') ?? undefined,
    's3:x-amz-acl': headers['x-amz-acl'],
    's3:x-amz-content-sha256': headers['x-amz-content-sha256'],
    's3:x-amz-server-side-encryption': headers['x-amz-server-side-encryption'],
    's3:if-match': headers['if-match'],
    's3:if-none-match': headers['if-none-match'],
    // UploadPart and CreateMultipartUpload are no object creation: only what makes an object is.
    's3:objectcreationoperation': query.has('partNumber') || query.has('uploads') ? 'false' : 'true',
    'aws:securetransport': 'true',
    'aws:sourceip': '127.0.0.1',
    'aws:useragent': headers['user-agent'],
    'aws:referer': headers.referer,
    'aws:requestedregion': request.region,
  };
  return Object.fromEntries(
    Object.entries(optional).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function callerKeys(caller: Caller): Readonly<Record<string, string>> {
  if (caller.kind === 'account') {
    return {
      'aws:principalaccount': caller.account,
      'aws:principalarn': caller.arn,
      'aws:principaltype': 'User',
      'aws:principalisawsservice': 'false',
      'aws:username': 'local',
    };
  }
  if (caller.kind === 'anonymous') return { 'aws:principaltype': 'Anonymous', 'aws:principalisawsservice': 'false' };
  return {
    'aws:sourcearn': caller.sourceArn,
    'aws:sourceaccount': caller.sourceArn.split(':')[4] ?? '',
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': caller.service,
  };
}
