import { ServiceFault } from '../../service-fault.ts';
import { type XmlNode, xmlDocument, xmlList, xmlText } from '../../xml.ts';
import { authorize } from '../authorize.ts';
import { sentChecksum } from '../checksums/sent-checksum.ts';
import { malformedXml, readBody } from '../read-body.ts';
import { type BucketContext, type BucketOperation, s3Namespace } from '../s3-context.ts';
import { type Removal, removeKey } from './delete-object.ts';

/** DeleteObjects: up to 1,000 keys, each with a result of its own under one 200. */
export const deleteObjects: BucketOperation = (context) => {
  const { request } = context;
  if (request.headers['content-md5'] === undefined && sentChecksum(request) === undefined) {
    const message = 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*';
    throw new ServiceFault(400, 'InvalidRequest', message);
  }
  const tree = readBody(request, 'Delete');
  const removals = xmlList(tree, 'Object').map(readRemoval);
  if (removals.length === 0 || removals.length > 1000) throw malformedXml();
  const isQuiet = xmlText(tree, 'Quiet')?.toLowerCase() === 'true';
  const results = removals.map((removal) => removeOne(context, removal));
  const body = xmlDocument('DeleteResult', s3Namespace, {
    Deleted: isQuiet ? [] : results.flatMap(({ deleted }) => (deleted === undefined ? [] : [deleted])),
    Error: results.flatMap(({ error }) => (error === undefined ? [] : [error])),
  });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
};

type Elements = Readonly<Record<string, string | boolean | undefined>>;

function readRemoval(object: XmlNode): Removal {
  const key = xmlText(object, 'Key');
  if (key === undefined) throw malformedXml();
  return { key, versionId: xmlText(object, 'VersionId') || undefined, ifMatch: xmlText(object, 'ETag') || undefined };
}

function removeOne(context: BucketContext, removal: Removal): { deleted?: Elements; error?: Elements } {
  const { key: Key, versionId: VersionId } = removal;
  try {
    authorize(context, VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', Key);
    const { versionId, isMarker } = removeKey(context, removal);
    const marker = isMarker ? { DeleteMarker: true, DeleteMarkerVersionId: versionId } : {};
    return { deleted: { Key, VersionId, ...marker } };
  } catch (error) {
    if (!(error instanceof ServiceFault)) throw error;
    return { error: { Key, VersionId, Code: error.code, Message: error.message } };
  }
}
