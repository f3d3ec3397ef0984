import { ServiceFault } from '../../service-fault.ts';
import { type XmlInput, xmlDocument } from '../../xml.ts';
import { canonicalUser } from '../canonical-user.ts';
import type { Bucket, ObjectVersion } from '../model.ts';
import { type BucketContext, type BucketOperation, s3Namespace } from '../s3-context.ts';
import { currentObject } from './find-version.ts';
import { listPage, type Page, readMaxKeys } from './list-page.ts';
import { type NameEncoder, nameEncoder } from './name-encoder.ts';

/** ListObjectsV2. */
export const listObjectsV2: BucketOperation = (context) => {
  const { query } = context.request;
  if (query.get('list-type') !== '2') return listObjects(context);
  const token = query.get('continuation-token') ?? undefined;
  const startAfter = query.get('start-after') ?? '';
  const page = pageOf(context, token === undefined ? startAfter : readToken(token));
  const encode = nameEncoder(query);
  const last = page.items.at(-1)?.name ?? '';
  return document({
    ...commonElements(context, encode),
    StartAfter: startAfter === '' ? undefined : encode(startAfter),
    ContinuationToken: token,
    NextContinuationToken: page.isTruncated ? makeToken(last) : undefined,
    KeyCount: page.items.length,
    IsTruncated: page.isTruncated,
    ...contentsOf(context.bucket, page, encode, query.get('fetch-owner') === 'true'),
  });
};

/** ListObjects, the older version with markers. */
export const listObjects: BucketOperation = (context) => {
  const { query } = context.request;
  const marker = query.get('marker') ?? '';
  const page = pageOf(context, marker);
  const encode = nameEncoder(query);
  const last = page.items.at(-1)?.name ?? '';
  return document({
    ...commonElements(context, encode),
    Marker: encode(marker),
    // Without a delimiter the next marker is the last key, which the client can see.
    NextMarker: page.isTruncated && query.get('delimiter') ? encode(last) : undefined,
    IsTruncated: page.isTruncated,
    ...contentsOf(context.bucket, page, encode, true),
  });
};

function document(tree: XmlInput) {
  const headers = { 'content-type': 'application/xml' };
  return { status: 200, headers, body: xmlDocument('ListBucketResult', s3Namespace, tree) };
}

function pageOf({ bucket, request: { query } }: BucketContext, after: string): Page {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const isListed = (key: string) => currentObject(bucket, key) !== undefined;
  return listPage(bucket, { prefix, delimiter, after, maxKeys: readMaxKeys(query) }, isListed);
}

function commonElements({ bucket, request: { query } }: BucketContext, encode: NameEncoder) {
  const delimiter = query.get('delimiter');
  return {
    Name: bucket.settings.name,
    Prefix: encode(query.get('prefix') ?? ''),
    Delimiter: delimiter ? encode(delimiter) : undefined,
    MaxKeys: readMaxKeys(query),
    EncodingType: query.get('encoding-type') ?? undefined,
  };
}

function contentsOf(bucket: Bucket, page: Page, encode: NameEncoder, withOwner: boolean) {
  const Owner = withOwner ? canonicalUser(bucket.settings.owner) : undefined;
  return {
    Contents: page.items.flatMap(({ kind, name }) => {
      const object = kind === 'key' ? currentObject(bucket, name) : undefined;
      return object === undefined ? [] : [{ Key: encode(name), ...objectElements(object), Owner }];
    }),
    CommonPrefixes: page.items.filter(({ kind }) => kind === 'prefix').map(({ name }) => ({ Prefix: encode(name) })),
  };
}

/** An object in a list of objects or versions. */
export function objectElements({ lastModified, etag, size, checksum, headers }: ObjectVersion) {
  return {
    LastModified: new Date(lastModified).toISOString(),
    ETag: `"${etag}"`,
    ChecksumAlgorithm: checksum.algorithm,
    ChecksumType: checksum.type,
    Size: size,
    StorageClass: headers['x-amz-storage-class'] ?? 'STANDARD',
  };
}

function makeToken(last: string): string {
  return Buffer.from(`1${last}`).toString('base64url');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (text.startsWith('1') && makeToken(text.slice(1)) === token) return text.slice(1);
  const details = { ArgumentName: 'continuation-token' };
  throw new ServiceFault(400, 'InvalidArgument', 'The continuation token provided is incorrect', { details });
}
