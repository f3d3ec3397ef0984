import { ServiceFault } from '../../service-fault.ts';
import type { WireRequest } from '../../wire.ts';
import type { Tags } from '../model.ts';
import { parseTagHeader } from '../tags.ts';

/** What a request wants stored beside the bytes. */
export interface ObjectHeaders {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Tags;
}

/**
 * Reads system headers, user metadata and tags of a PUT, COPY with REPLACE or CreateMultipartUpload.
 * @throws ServiceFault MetadataTooLarge, RequestHeaderSectionTooLarge, InvalidStorageClass, InvalidTag.
 */
export function readObjectHeaders(request: WireRequest): ObjectHeaders {
  checkHeaderSize(request);
  const metadata = readMetadata(request.headers);
  const headers = Object.fromEntries(
    systemHeaders.flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const encoding = contentEncoding(request.headers['content-encoding']);
  const storageClass = readStorageClass(request.headers['x-amz-storage-class']);
  return {
    headers: { 'content-type': defaultType, ...headers, ...encoding, ...storageClass },
    metadata,
    tags: parseTagHeader(request.headers['x-amz-tagging']),
  };
}

/** What S3 gives an object that came without a Content-Type. */
const defaultType = 'binary/octet-stream';

const systemHeaders = [
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'expires',
  'x-amz-website-redirect-location',
] as const;

/** aws-chunked is a framing of the request and no encoding of the object. */
function contentEncoding(value: string | undefined): Readonly<Record<string, string>> {
  const kept = (value ?? '').split(',').filter((part) => part.trim().toLowerCase() !== 'aws-chunked');
  const text = kept.join(',').trim();
  return text === '' ? {} : { 'content-encoding': text };
}

const storageClasses: ReadonlySet<string> = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'GLACIER_IR',
  'DEEP_ARCHIVE',
]);

function readStorageClass(value: string | undefined): Readonly<Record<string, string>> {
  if (value === undefined || value === 'STANDARD') return {};
  if (storageClasses.has(value)) return { 'x-amz-storage-class': value };
  throw new ServiceFault(400, 'InvalidStorageClass', 'The storage class you specified is not valid');
}

/** S3 user guide, "Working with object metadata": 2 KB of user metadata, names and values together. */
const metadataLimit = 2048;

function readMetadata(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const pairs = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), encodeWord(value)] as const);
  const size = pairs.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > metadataLimit) {
    const details = { Size: String(size), MaxSizeAllowed: String(metadataLimit) };
    const message = 'Your metadata headers exceed the maximum allowed metadata size';
    throw new ServiceFault(400, 'MetadataTooLarge', message, { details });
  }
  return Object.fromEntries(pairs);
}

/** Metadata that is not ASCII comes back as an RFC 2047 word. Header values are bytes in Latin-1 here. */
function encodeWord(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  return bytes.some((byte) => byte > 0x7e) ? `=?UTF-8?B?${bytes.toString('base64')}?=` : value;
}

/** S3 user guide: the headers of a PUT are limited to 8 KB. */
function checkHeaderSize({ headers }: WireRequest): void {
  const size = Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  if (size <= 8192) return;
  const details = { MaxSizeAllowed: '8192' };
  const message = 'Your request header section exceeds the maximum allowed request header size.';
  throw new ServiceFault(400, 'RequestHeaderSectionTooLarge', message, { details });
}
