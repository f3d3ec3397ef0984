import { type XmlInput, xmlDocument } from '../../xml.ts';
import { canonicalUser } from '../canonical-user.ts';
import type { Bucket, Version } from '../model.ts';
import { type BucketContext, type BucketOperation, s3Namespace } from '../s3-context.ts';
import { objectElements } from './list-objects.ts';
import { listPage, readMaxKeys } from './list-page.ts';
import { type NameEncoder, nameEncoder } from './name-encoder.ts';

/** ListObjectVersions: by key, the newest version first, delete markers among them. */
export const listObjectVersions: BucketOperation = (context) => {
  const { query } = context.request;
  const encode = nameEncoder(query);
  const maxKeys = readMaxKeys(query);
  const { rows, isTruncated } = pageOf(context, maxKeys);
  const last = isTruncated ? rows.at(-1) : undefined;
  const body = xmlDocument('ListVersionsResult', s3Namespace, {
    Name: context.bucket.settings.name,
    Prefix: encode(query.get('prefix') ?? ''),
    KeyMarker: encode(query.get('key-marker') ?? ''),
    VersionIdMarker: query.get('version-id-marker') ?? '',
    NextKeyMarker: last && encode(last.name),
    NextVersionIdMarker: last?.version?.versionId,
    MaxKeys: maxKeys,
    Delimiter: query.get('delimiter') ? encode(query.get('delimiter') ?? '') : undefined,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    Version: rows.flatMap((row) => versionXml(context.bucket, row, 'object', encode)),
    DeleteMarker: rows.flatMap((row) => versionXml(context.bucket, row, 'marker', encode)),
    CommonPrefixes: rows.filter(({ version }) => version === undefined).map(({ name }) => ({ Prefix: encode(name) })),
  });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
};

/** A version, or a common prefix where there is none. */
interface Row {
  readonly name: string;
  readonly version?: Version;
  readonly isLatest: boolean;
}

function pageOf(
  { bucket, request: { query } }: BucketContext,
  maxKeys: number,
): { rows: readonly Row[]; isTruncated: boolean } {
  const after = query.get('key-marker') ?? '';
  const page = listPage(
    bucket,
    { prefix: query.get('prefix') ?? '', delimiter: query.get('delimiter') ?? '', after, maxKeys },
    () => true,
  );
  const found = [
    ...restOfKey(bucket, after, query.get('version-id-marker') ?? ''),
    ...page.items.flatMap(({ kind, name }) => (kind === 'prefix' ? [{ name, isLatest: false }] : rowsOf(bucket, name))),
  ];
  return { rows: found.slice(0, maxKeys), isTruncated: maxKeys > 0 && (page.isTruncated || found.length > maxKeys) };
}

/** What is left of a key whose versions the page before broke off at `versionId`. */
function restOfKey(bucket: Bucket, key: string, versionId: string): readonly Row[] {
  if (versionId === '') return [];
  const rows = rowsOf(bucket, key);
  const at = rows.findIndex(({ version }) => version?.versionId === versionId);
  return at < 0 ? [] : rows.slice(at + 1);
}

function rowsOf(bucket: Bucket, name: string): readonly Row[] {
  return (bucket.versions.get(name) ?? []).map((version, at) => ({ name, version, isLatest: at === 0 }));
}

function versionXml(bucket: Bucket, row: Row, kind: Version['kind'], encode: NameEncoder): XmlInput[] {
  const { name, version, isLatest } = row;
  if (version?.kind !== kind) return [];
  const place = {
    Key: encode(name),
    VersionId: version.versionId,
    IsLatest: isLatest,
    Owner: canonicalUser(bucket.settings.owner),
  };
  if (version.kind === 'object') return [{ ...place, ...objectElements(version) }];
  return [{ ...place, LastModified: new Date(version.lastModified).toISOString() }];
}
