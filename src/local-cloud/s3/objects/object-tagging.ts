import { xmlChild, xmlDocument } from '../../xml.ts';
import type { Tags } from '../model.ts';
import { malformedXml, readBody } from '../read-body.ts';
import { type BucketContext, type BucketOperation, s3Namespace } from '../s3-context.ts';
import { parseTagSet, tagSetXml } from '../tags.ts';
import { findObject, versionHeader } from './find-version.ts';

/** GetObjectTagging: an empty set where there are none. */
export const getObjectTagging: BucketOperation = (context) => {
  const version = findObject(context);
  const body = xmlDocument('Tagging', s3Namespace, { TagSet: tagSetXml(version.tags) });
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...versionHeader(context.bucket, version) },
    body,
  };
};

/** PutObjectTagging: replaces all tags; at most ten. The object's time and ETag stay. */
export const putObjectTagging: BucketOperation = (context) => {
  const set = xmlChild(readBody(context.request, 'Tagging'), 'TagSet');
  if (set === undefined) throw malformedXml();
  return { status: 200, headers: setTags(context, parseTagSet(set, 10)) };
};

/** DeleteObjectTagging. */
export const deleteObjectTagging: BucketOperation = (context) => ({ status: 204, headers: setTags(context, []) });

function setTags(context: BucketContext, tags: Tags): Readonly<Record<string, string>> {
  const { bucket, key, store } = context;
  const version = findObject(context);
  const versions = bucket.versions.get(key) ?? [];
  store.setVersions(
    bucket,
    key,
    versions.map((each) => (each === version ? { ...version, tags } : each)),
  );
  return versionHeader(bucket, version);
}
