import { ServiceFault } from '../../service-fault.ts';
import { type XmlInput, xmlDocument } from '../../xml.ts';
import type { ObjectVersion } from '../model.ts';
import { type BucketOperation, s3Namespace } from '../s3-context.ts';
import { checksumElements } from './checksum-headers.ts';
import { findObject, versionHeader } from './find-version.ts';

/** GetObjectAttributes: the attributes that `x-amz-object-attributes` names. */
export const getObjectAttributes: BucketOperation = (context) => {
  const version = findObject(context);
  const asked = (context.request.headers['x-amz-object-attributes'] ?? '').split(',').map((name) => name.trim());
  if (asked.some((name) => !Object.hasOwn(writers, name))) {
    throw new ServiceFault(400, 'InvalidArgument', 'Invalid attribute name specified.');
  }
  const entries = asked.map((name) => [name, writers[name]?.(version)] as const);
  return {
    status: 200,
    headers: {
      'content-type': 'application/xml',
      'last-modified': new Date(version.lastModified).toUTCString(),
      ...versionHeader(context.bucket, version),
    },
    body: xmlDocument('GetObjectAttributesResponse', s3Namespace, Object.fromEntries(entries)),
  };
};

const writers: Readonly<Record<string, (version: ObjectVersion) => XmlInput>> = {
  ETag: ({ etag }) => etag,
  Checksum: ({ checksum }) => checksumElements(checksum),
  ObjectSize: ({ size }) => size,
  StorageClass: ({ headers }) => headers['x-amz-storage-class'] ?? 'STANDARD',
  ObjectParts: partsXml,
};

function partsXml({ parts, checksum }: ObjectVersion): XmlInput {
  if (parts === undefined) return undefined;
  const total = { TotalPartsCount: parts.length, PartsCount: parts.length };
  // The parts themselves are told only of an object with a checksum for each of them.
  if (checksum.type !== 'COMPOSITE') return total;
  const Part = parts.map((part, at) => ({
    PartNumber: at + 1,
    Size: part.size,
    [`Checksum${checksum.algorithm}`]: part.checksum,
  }));
  return {
    ...total,
    PartNumberMarker: 0,
    NextPartNumberMarker: parts.length,
    MaxParts: 1000,
    IsTruncated: false,
    Part,
  };
}
