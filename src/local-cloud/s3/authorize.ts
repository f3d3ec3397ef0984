import { deniedMessage } from '../policy/denied-message.ts';
import { evaluatePolicy } from '../policy/evaluate-policy.ts';
import { identityVerdict } from '../policy/identity-verdict.ts';
import { isPublicPolicy } from '../policy/is-public-policy.ts';
import { parseBucketPolicy } from '../policy/parse-bucket-policy.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import { ServiceFault } from '../service-fault.ts';
import type { Caller } from '../wire.ts';
import type { Bucket } from './model.ts';
import type { BucketContext, S3Context } from './s3-context.ts';

/** @throws ServiceFault AccessDenied where the caller may not do `action` on the request's key (or `key`). */
export function authorize(context: BucketContext, action: string, key = context.key): void {
  if (isAllowed(context, action, key)) return;
  const { status, code, message } = accessDenied(context.request.caller, action, arnOf(context.bucket, key));
  // HeadBucket tells everybody the region: that is how clients find it.
  const headers = context.op === 'HeadBucket' ? { 'x-amz-bucket-region': context.bucket.settings.region } : {};
  throw new ServiceFault(status, code, message, { headers });
}

/**
 * Whether the caller may: the owner's account unless a Deny says no, everybody else by an Allow of the bucket policy,
 * and then not through a public policy where RestrictPublicBuckets is on (AWS services and the owner excepted). A key
 * that is held to a policy of its own may what either policy allows and neither denies.
 */
export function isAllowed(context: BucketContext, action: string, key = context.key): boolean {
  const { bucket, request } = context;
  const isOwner = request.caller.kind === 'account' && request.caller.account === bucket.settings.owner;
  const question = { action, resource: arnOf(bucket, key), context: conditionKeys(context) };
  const own = identityVerdict(request.caller, question);
  if (own === 'deny') return false;
  const mayByItself = isOwner && own === 'allow';
  // The owner can always repair a policy that shuts everybody out, as the account's root user can on AWS.
  if (mayByItself && /^s3:(?:Get|Put|Delete)BucketPolicy$/.test(action)) return true;
  const policy = policyOf(bucket);
  if (policy === undefined) return mayByItself;
  const verdict = evaluatePolicy(policy, { ...question, caller: request.caller });
  if (verdict === 'deny') return false;
  if (mayByItself) return true;
  const isRestricted = bucket.settings.publicAccessBlock?.RestrictPublicBuckets && isPublicPolicy(policy);
  return verdict === 'allow' && (isOwner || request.caller.kind === 'service' || !isRestricted);
}

/** @throws ServiceFault AccessDenied where the caller's own policy keeps it from what no bucket has a say in. */
export function authorizeAlone({ request: { caller } }: S3Context, action: string, resource: string): void {
  if (caller.kind === 'account' && identityVerdict(caller, { action, resource }) === 'allow') return;
  throw accessDenied(caller, action, resource);
}

const arnOf = ({ settings }: Bucket, key: string): string =>
  `arn:aws:s3:::${settings.name}${key === '' ? '' : `/${key}`}`;

/** Whether the request shows that the caller may know which keys there are: a missing key is a 404 only then. */
export function missingKey(context: BucketContext, key = context.key): ServiceFault {
  if (!isAllowed(context, 's3:ListBucket', '')) return accessDenied(context.request.caller, 's3:ListBucket');
  return new ServiceFault(404, 'NoSuchKey', 'The specified key does not exist.', { details: { Key: key } });
}

export function accessDenied(caller: Caller, action: string, resource?: string): ServiceFault {
  const verdict = resource === undefined ? 'allow' : identityVerdict(caller, { action, resource });
  const message = deniedMessage(caller, {
    action,
    ...(resource === undefined ? {} : { resource }),
    ...(verdict === 'allow' ? {} : { verdict }),
  });
  return new ServiceFault(403, 'AccessDenied', message);
}

const parsed = new Map<string, PolicyDocument>();

function policyOf(bucket: Bucket): PolicyDocument | undefined {
  const { policy, name } = bucket.settings;
  if (policy === undefined) return undefined;
  const known = parsed.get(policy) ?? parseBucketPolicy(policy, name);
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
