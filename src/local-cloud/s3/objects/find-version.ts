import { ServiceFault } from '../../service-fault.ts';
import { missingKey } from '../authorize.ts';
import type { Bucket, ObjectVersion, Version } from '../model.ts';
import type { BucketContext } from '../s3-context.ts';

/** The current object of a key; none where the key is missing or deleted. */
export function currentObject(bucket: Bucket, key: string): ObjectVersion | undefined {
  const current = bucket.versions.get(key)?.[0];
  return current?.kind === 'object' ? current : undefined;
}

/**
 * The object that a request names by key and perhaps `versionId`.
 * @throws ServiceFault NoSuchKey, AccessDenied (missing, without the right to list), NoSuchVersion, MethodNotAllowed.
 */
export function findObject(context: BucketContext, versionId = context.request.query.get('versionId')): ObjectVersion {
  const versions = context.bucket.versions.get(context.key) ?? [];
  if (versionId === null) return currentOf(context, versions[0]);
  const version = versions.find((each) => each.versionId === versionId);
  if (version === undefined) {
    const details = { Key: context.key, VersionId: versionId };
    throw new ServiceFault(404, 'NoSuchVersion', 'The specified version does not exist.', { details });
  }
  if (version.kind === 'object') return version;
  const headers = {
    ...markerHeaders(version),
    allow: 'DELETE',
    'last-modified': new Date(version.lastModified).toUTCString(),
  };
  const message = 'The specified method is not allowed against this resource.';
  throw new ServiceFault(405, 'MethodNotAllowed', message, { headers, details: { ResourceType: 'DeleteMarker' } });
}

/** `x-amz-version-id`, where the bucket has ever had versions. */
export function versionHeader(bucket: Bucket, version: Version): Readonly<Record<string, string>> {
  return bucket.settings.versioning === undefined ? {} : { 'x-amz-version-id': version.versionId };
}

function currentOf(context: BucketContext, current: Version | undefined): ObjectVersion {
  if (current?.kind === 'object') return current;
  const missing = missingKey(context);
  if (current === undefined) throw missing;
  const { status, code, message, details } = missing;
  throw new ServiceFault(status, code, message, { details, headers: markerHeaders(current) });
}

function markerHeaders(marker: Version): Readonly<Record<string, string>> {
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId };
}
