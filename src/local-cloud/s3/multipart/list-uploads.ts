import { type XmlInput, xmlDocument } from '../../xml.ts';
import { canonicalUser } from '../canonical-user.ts';
import type { Upload } from '../model.ts';
import { readMaxKeys } from '../objects/list-page.ts';
import { nameEncoder } from '../objects/name-encoder.ts';
import { type BucketContext, type BucketOperation, s3Namespace } from '../s3-context.ts';
import { compareKeys } from '../sorted-keys.ts';
import { findUpload } from './find-upload.ts';

/** ListParts: by number, in pages. */
export const listParts: BucketOperation = (context) => {
  const { bucket, key, request } = context;
  const upload = findUpload(context);
  const marker = Number(request.query.get('part-number-marker') ?? 0);
  const maxParts = readMaxKeys(request.query, 'max-parts');
  const rest = Object.values(upload.parts)
    .filter((part) => part.number > marker)
    .sort((a, b) => a.number - b.number);
  const page = rest.slice(0, maxParts);
  const Part = page.map(({ number, etag, size, lastModified, checksum }) => ({
    PartNumber: number,
    LastModified: new Date(lastModified).toISOString(),
    ETag: `"${etag}"`,
    Size: size,
    ...(upload.isAlgorithmAsked ? { [`Checksum${upload.algorithm}`]: checksum } : {}),
  }));
  return xmlAnswer('ListPartsResult', {
    Bucket: bucket.settings.name,
    Key: nameEncoder(request.query)(key),
    UploadId: upload.id,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number,
    MaxParts: maxParts,
    IsTruncated: rest.length > page.length,
    ...uploadElements(context, upload),
    Part,
  });
};

/** ListMultipartUploads: by key and then by time, in pages; keys with a further delimiter are rolled up. */
export const listUploads: BucketOperation = (context) => {
  const { bucket, request } = context;
  const { query } = request;
  const encode = nameEncoder(query);
  const maxUploads = readMaxKeys(query, 'max-uploads');
  const rest = rowsOf(context);
  const page = rest.slice(0, maxUploads);
  const last = rest.length > page.length ? page.at(-1) : undefined;
  return xmlAnswer('ListMultipartUploadsResult', {
    Bucket: bucket.settings.name,
    KeyMarker: encode(query.get('key-marker') ?? ''),
    UploadIdMarker: query.get('upload-id-marker') ?? '',
    NextKeyMarker: last && encode(last.name),
    NextUploadIdMarker: last?.upload?.id,
    Prefix: encode(query.get('prefix') ?? ''),
    Delimiter: query.get('delimiter') ? encode(query.get('delimiter') ?? '') : undefined,
    EncodingType: query.get('encoding-type') ?? undefined,
    MaxUploads: maxUploads,
    IsTruncated: last !== undefined,
    Upload: page.flatMap(({ name, upload }) =>
      upload === undefined
        ? []
        : [
            {
              Key: encode(name),
              UploadId: upload.id,
              ...uploadElements(context, upload),
              Initiated: new Date(upload.initiated).toISOString(),
            },
          ],
    ),
    CommonPrefixes: page.filter(({ upload }) => upload === undefined).map(({ name }) => ({ Prefix: encode(name) })),
  });
};

/** An upload, or a common prefix where there is none. */
interface Row {
  readonly name: string;
  readonly upload?: Upload;
}

function rowsOf({ bucket, request: { query } }: BucketContext): readonly Row[] {
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  const sorted = [...bucket.uploads.values()]
    .filter((upload) => upload.key.startsWith(prefix))
    .sort((a, b) => compareKeys(a.key, b.key) || a.initiated - b.initiated || compareKeys(a.id, b.id));
  const rows = new Map<string, Row>();
  for (const upload of sorted) {
    const at = delimiter === '' ? -1 : upload.key.indexOf(delimiter, prefix.length);
    const name = at < 0 ? upload.key : upload.key.slice(0, at + delimiter.length);
    rows.set(at < 0 ? `upload ${upload.id}` : `prefix ${name}`, at < 0 ? { name, upload } : { name });
  }
  return afterMarkers([...rows.values()], query.get('key-marker') ?? '', query.get('upload-id-marker') ?? '');
}

function afterMarkers(rows: readonly Row[], key: string, id: string): readonly Row[] {
  const at = id === '' ? -1 : rows.findIndex((row) => row.name === key && row.upload?.id === id);
  return at >= 0 ? rows.slice(at + 1) : rows.filter((row) => key === '' || compareKeys(row.name, key) > 0);
}

function uploadElements({ bucket }: BucketContext, upload: Upload) {
  const Owner = canonicalUser(bucket.settings.owner);
  const checksum = upload.isAlgorithmAsked
    ? { ChecksumAlgorithm: upload.algorithm, ChecksumType: upload.checksumType }
    : {};
  const StorageClass = upload.headers['x-amz-storage-class'] ?? 'STANDARD';
  return { Initiator: { ID: upload.initiator }, Owner, StorageClass, ...checksum };
}

function xmlAnswer(root: string, tree: XmlInput) {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: xmlDocument(root, s3Namespace, tree) };
}
