import { randomBytes } from 'node:crypto';
import type { DeleteMarker, ObjectVersion, Version } from '../model.ts';
import { type BucketContext, nowInSeconds } from '../s3-context.ts';

/** An object but for what its place among the versions decides. */
export type NewObject = Omit<ObjectVersion, 'kind' | 'versionId' | 'lastModified'>;

/** Makes an object the current version of a key; what it replaces depends on the bucket's versioning. */
export function commitObject(context: BucketContext, object: NewObject, key = context.key): ObjectVersion {
  return commit(context, key, { kind: 'object', ...object });
}

/** Puts a delete marker on a key of a bucket with versions. */
export function commitMarker(context: BucketContext, key: string): DeleteMarker {
  return commit(context, key, { kind: 'marker' });
}

function commit<T extends Version>(
  { bucket, store, clock }: BucketContext,
  key: string,
  content: Omit<T, 'versionId' | 'lastModified'>,
): T {
  const isVersioned = bucket.settings.versioning === 'Enabled';
  const place = { versionId: isVersioned ? newVersionId() : 'null', lastModified: nowInSeconds(clock) };
  const version = { ...content, ...place } as T;
  const before = bucket.versions.get(key) ?? [];
  // Without versioning there is one version, `null`; suspended, it is replaced and the others stay.
  const kept = isVersioned ? before : before.filter((each) => each.versionId !== 'null');
  store.setVersions(bucket, key, [version, ...kept]);
  return version;
}

function newVersionId(): string {
  return randomBytes(24).toString('base64url');
}
