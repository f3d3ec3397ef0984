import { ServiceFault } from '../service-fault.ts';
import type { BucketContext } from './s3-context.ts';
import { notImplemented } from './s3-context.ts';

/**
 * Judges the ACL headers of an object write. Under BucketOwnerEnforced ("Controlling ownership of objects") only full
 * control for the bucket's owner may be asked for; otherwise public grants fail under BlockPublicAcls.
 * @throws ServiceFault AccessControlListNotSupported, AccessDenied, NotImplemented.
 */
export function checkObjectAcl({ request, bucket }: BucketContext): void {
  const acl = request.headers['x-amz-acl'];
  const hasGrants = Object.keys(request.headers).some((name) => name.startsWith('x-amz-grant-'));
  if (acl === undefined && !hasGrants) return;
  if (bucket.settings.ownership === 'BucketOwnerEnforced') {
    if (acl !== 'bucket-owner-full-control' || hasGrants) throw aclNotSupported();
  } else if (acl?.startsWith('public-') && bucket.settings.publicAccessBlock?.BlockPublicAcls) {
    throw new ServiceFault(403, 'AccessDenied', 'Access Denied');
  } else if (hasGrants || !['private', 'bucket-owner-full-control', 'bucket-owner-read'].includes(acl ?? '')) {
    throw notImplemented();
  }
}

export function aclNotSupported(): ServiceFault {
  return new ServiceFault(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');
}
