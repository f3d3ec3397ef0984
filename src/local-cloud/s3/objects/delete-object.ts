import { authorize } from '../authorize.ts';
import type { BucketContext, BucketOperation } from '../s3-context.ts';
import { commitMarker } from './commit-version.ts';
import { checkWrite } from './write-conditions.ts';

/** DeleteObject: a missing key is deleted too. */
export const deleteObject: BucketOperation = (context) => {
  const { request, key } = context;
  const result = removeKey(context, {
    key,
    versionId: request.query.get('versionId') ?? undefined,
    ifMatch: request.headers['if-match'],
  });
  return {
    status: 204,
    headers: {
      ...(result.versionId === undefined ? {} : { 'x-amz-version-id': result.versionId }),
      ...(result.isMarker ? { 'x-amz-delete-marker': 'true' } : {}),
    },
  };
};

export interface Removal {
  readonly key: string;
  readonly versionId?: string | undefined;
  /** Judged on the current version. */
  readonly ifMatch?: string | undefined;
}

/**
 * Removes a version, or the current object: for good without versioning, else under a delete marker.
 * @returns the version that was removed or made, and whether it is a marker.
 */
export function removeKey(context: BucketContext, removal: Removal): { versionId?: string; isMarker: boolean } {
  const { bucket, store } = context;
  const { key, versionId, ifMatch } = removal;
  if (ifMatch !== undefined) {
    // S3 user guide, "How to perform conditional deletes": the tag may be asked for only by who may read the object.
    authorize(context, 's3:GetObject', key);
    checkWrite(context, { ifMatch }, key);
  }
  const versions = bucket.versions.get(key) ?? [];
  if (versionId !== undefined) {
    const isMarker = versions.some((each) => each.versionId === versionId && each.kind === 'marker');
    store.setVersions(
      bucket,
      key,
      versions.filter((each) => each.versionId !== versionId),
    );
    return { versionId, isMarker };
  }
  if (bucket.settings.versioning === undefined) {
    store.setVersions(bucket, key, []);
    return { isMarker: false };
  }
  return { versionId: commitMarker(context, key).versionId, isMarker: true };
}
