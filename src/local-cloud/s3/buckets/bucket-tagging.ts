import { ServiceFault } from '../../service-fault.ts';
import { xmlChild, xmlDocument } from '../../xml.ts';
import { malformedXml, readBody } from '../read-body.ts';
import { type BucketOperation, s3Namespace } from '../s3-context.ts';
import { parseTagSet, tagSetXml } from '../tags.ts';

/** GetBucketTagging. */
export const getBucketTagging: BucketOperation = ({ bucket }) => {
  const { tags, name } = bucket.settings;
  if (tags === undefined) {
    throw new ServiceFault(404, 'NoSuchTagSet', 'The TagSet does not exist', { details: { BucketName: name } });
  }
  const body = xmlDocument('Tagging', s3Namespace, { TagSet: tagSetXml(tags) });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
};

/** PutBucketTagging: replaces all tags; at most 50. */
export const putBucketTagging: BucketOperation = ({ bucket, request, store }) => {
  const set = xmlChild(readBody(request, 'Tagging'), 'TagSet');
  if (set === undefined) throw malformedXml();
  store.putSettings({ ...bucket.settings, tags: parseTagSet(set, 50) });
  return { status: 204 };
};

/** DeleteBucketTagging. */
export const deleteBucketTagging: BucketOperation = ({ bucket, store }) => {
  const { tags: _tags, ...settings } = bucket.settings;
  store.putSettings(settings);
  return { status: 204 };
};
