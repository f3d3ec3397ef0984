import { ServiceFault } from '../../service-fault.ts';
import type { WireRequest } from '../../wire.ts';
import { xmlDocument } from '../../xml.ts';
import { checkObjectAcl } from '../check-acl.ts';
import { type ChecksumAlgorithm, checksumOf, isChecksumAlgorithm } from '../checksums/algorithms.ts';
import { encryptionOf } from '../encryption.ts';
import type { ObjectVersion } from '../model.ts';
import { type BucketContext, type BucketOperation, notImplemented, s3Namespace } from '../s3-context.ts';
import { checksumElements } from './checksum-headers.ts';
import { commitObject, type NewObject } from './commit-version.ts';
import { type CopySource, findCopySource } from './copy-source.ts';
import { versionHeader } from './find-version.ts';
import { type ObjectHeaders, readObjectHeaders } from './object-headers.ts';
import { etagOf } from './put-object.ts';
import { checkWrite, writeConditionsOf } from './write-conditions.ts';

/** CopyObject: the bytes of another object, with its headers or (REPLACE) with the request's. */
export const copyObject: BucketOperation = async (context) => {
  const { bucket } = context;
  checkObjectAcl(context);
  const source = findCopySource(context);
  checkSelfCopy(context, source);
  checkSize(source.version);
  const encryption = encryptionOf(context);
  const version = await copyFrom(context, source.version, encryption);
  const body = xmlDocument('CopyObjectResult', s3Namespace, {
    LastModified: new Date(version.lastModified).toISOString(),
    ETag: `"${version.etag}"`,
    ...checksumElements(version.checksum),
  });
  const sourceVersion = versionHeader(source.context.bucket, source.version)['x-amz-version-id'];
  return {
    status: 200,
    headers: {
      'content-type': 'application/xml',
      ...encryption,
      ...versionHeader(bucket, version),
      ...(sourceVersion === undefined ? {} : { 'x-amz-copy-source-version-id': sourceVersion }),
    },
    body,
  };
};

async function copyFrom(
  context: BucketContext,
  source: ObjectVersion,
  encryption: Readonly<Record<string, string>>,
): Promise<ObjectVersion> {
  const { store, request } = context;
  const { headers, ...described } = describedBy(context, source);
  // The source may be deleted while it is read.
  store.hold(source.segments);
  try {
    const content = await contentOf(context, source, encryption);
    try {
      checkWrite(context, writeConditionsOf(request.headers));
      return commitObject(context, { ...described, ...content, headers: { ...headers, ...encryption } });
    } finally {
      store.release(content.segments);
    }
  } finally {
    store.release(source.segments);
  }
}

/** S3 user guide: an object of more than 5 GB is copied in parts. */
const copyLimit = 5 * 1024 ** 3;

function checkSize(version: ObjectVersion): void {
  if (version.size <= copyLimit) return;
  const message = `The specified copy source is larger than the maximum allowable size for a copy source: ${copyLimit}`;
  throw new ServiceFault(400, 'InvalidRequest', message);
}

function checkSelfCopy({ request, bucket, key }: BucketContext, source: CopySource): void {
  const isSelf = source.context.bucket === bucket && source.context.key === key && source.versionId === undefined;
  const changing = ['x-amz-storage-class', 'x-amz-server-side-encryption', 'x-amz-website-redirect-location'];
  const isChanged = directive(request.headers, 'x-amz-metadata-directive') === 'REPLACE';
  if (!isSelf || isChanged || changing.some((name) => name in request.headers)) return;
  const message =
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
  throw new ServiceFault(400, 'InvalidRequest', message);
}

/** Redirect and storage class are never copied; tags are, whatever becomes of the metadata, unless they too are replaced. */
function describedBy({ request }: BucketContext, source: ObjectVersion): ObjectHeaders {
  const asked = readObjectHeaders(request);
  const tags = directive(request.headers, 'x-amz-tagging-directive') === 'REPLACE' ? asked.tags : source.tags;
  if (directive(request.headers, 'x-amz-metadata-directive') === 'REPLACE') return { ...asked, tags };
  const own = ['x-amz-storage-class', 'x-amz-website-redirect-location'];
  const isOwn = ([name]: [string, string]) => own.includes(name);
  const isCopied = ([name]: [string, string]) => !isOwn([name, '']) && !name.startsWith('x-amz-server-side-encryption');
  const headers = [...Object.entries(source.headers).filter(isCopied), ...Object.entries(asked.headers).filter(isOwn)];
  return { headers: Object.fromEntries(headers), metadata: source.metadata, tags };
}

type Content = Pick<NewObject, 'etag' | 'size' | 'segments' | 'checksum'>;

/**
 * The bytes, held, and what is computed from them. They are shared with the source where nothing has to be computed
 * anew: a multipart object becomes one of a single part, with an MD5 and a checksum of the whole.
 */
async function contentOf(
  { store, request }: BucketContext,
  source: ObjectVersion,
  encryption: Readonly<Record<string, string>>,
): Promise<Content> {
  const algorithm = algorithmOf(request, source);
  const { size, segments, etag, checksum } = source;
  const isPlain = [encryption, source.headers].every((each) => each['x-amz-server-side-encryption'] === 'AES256');
  if (source.parts === undefined && isPlain && algorithm === checksum.algorithm) {
    store.hold(segments);
    return { size, segments, etag, checksum };
  }
  const body = await store.readBody(segments, 0, size);
  return {
    size,
    segments: [await store.saveBody(body)],
    etag: etagOf(body, encryption),
    checksum: { algorithm, value: checksumOf(algorithm, body), type: 'FULL_OBJECT' },
  };
}

function algorithmOf(request: WireRequest, source: ObjectVersion): ChecksumAlgorithm {
  const asked = request.headers['x-amz-checksum-algorithm']?.toUpperCase() ?? source.checksum.algorithm;
  if (!isChecksumAlgorithm(asked)) throw notImplemented();
  return asked;
}

function directive(headers: Readonly<Record<string, string>>, name: string): 'COPY' | 'REPLACE' {
  const value = headers[name] ?? 'COPY';
  if (value === 'COPY' || value === 'REPLACE') return value;
  throw new ServiceFault(400, 'InvalidArgument', 'Unknown metadata directive.', { details: { ArgumentName: name } });
}
