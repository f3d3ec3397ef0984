import { createHash } from 'node:crypto';
import { answerBucket } from './answer-bucket.mjs';
import { S3Error } from './s3-error.mjs';
import { element, xml } from './xml.mjs';

/**
 * What S3 says to a request on an object or a bucket: `{ op, key, status, headers, body }`. No authentication; path
 * style only. Throws an `S3Error`.
 */
export function answerS3(world, { method, url, headers, payload }) {
  const [, name = '', ...rest] = url.pathname.split('/');
  const key = decodeURIComponent(rest.join('/').replaceAll('+', '%20'));
  if (name === '') return answerService(method);
  const bucket = world.buckets.get(name);
  const request = { world, method, query: url.searchParams, headers, payload, name, bucket, key };
  if (key === '') return { key, ...answerBucket(request) };
  if (bucket === undefined) throw new S3Error(404, 'NoSuchBucket');
  return { status: 200, headers: {}, body: '', key, ...answerObject(request) };
}

/** The account's: its buckets, or who it is (STS shares the endpoint). */
function answerService(method) {
  if (method !== 'POST')
    return { op: 'ListBuckets', key: '', status: 200, headers: {}, body: xml('ListAllMyBucketsResult', '<Buckets/>') };
  throw new S3Error(501, 'NotImplemented', 'GetCallerIdentity');
}

function answerObject(request) {
  const { method, query, headers } = request;
  if (method === 'GET' || method === 'HEAD') return read(request);
  if (method === 'DELETE') return remove(request);
  if (method === 'POST') return query.has('uploads') ? beginUpload(request) : completeUpload(request);
  if (query.has('partNumber')) return putPart(request);
  if (query.has('acl')) return { op: 'PutObjectAcl' };
  return headers['x-amz-copy-source'] === undefined ? put(request) : copy(request);
}

function put({ bucket, key, headers, payload }) {
  checkConditions(headers, bucket.get(key));
  const { md5, size, bytes } = payload;
  const sent = headers['content-md5'];
  if (sent !== undefined && Buffer.from(sent, 'base64').toString('hex') !== md5) throw new S3Error(400, 'BadDigest');
  bucket.set(key, { etag: md5, size, bytes, headers: keptHeaders(headers) });
  return { op: 'PutObject', headers: { etag: `"${md5}"` } };
}

function copy({ world, bucket, key, headers }) {
  const [name, ...rest] = decodeURIComponent(headers['x-amz-copy-source']).replace(/^\//, '').split('/');
  const from = world.buckets.get(name)?.get(rest.join('/').replace(/\?versionId=.*/, ''));
  if (from === undefined) throw new S3Error(404, 'NoSuchKey', 'CopyObject');
  const replaces = headers['x-amz-metadata-directive'] === 'REPLACE';
  bucket.set(key, { ...from, headers: replaces ? keptHeaders(headers) : from.headers });
  const now = new Date().toISOString();
  return {
    op: 'CopyObject',
    body: xml('CopyObjectResult', element('LastModified', now) + element('ETag', `"${from.etag}"`)),
  };
}

function beginUpload({ world, name, key, headers }) {
  const id = `upload-${world.uploads.size + 1}`;
  world.uploads.set(id, { headers, parts: new Map() });
  const inner = element('Bucket', name) + element('Key', key) + element('UploadId', id);
  return { op: 'CreateMultipartUpload', body: xml('InitiateMultipartUploadResult', inner) };
}

function putPart({ world, query, payload }) {
  const upload = world.uploads.get(query.get('uploadId'));
  if (upload === undefined) throw new S3Error(404, 'NoSuchUpload');
  upload.parts.set(Number(query.get('partNumber')), payload);
  return { op: 'UploadPart', headers: { etag: `"${payload.md5}"` } };
}

function completeUpload({ world, bucket, name, key, query, headers }) {
  const upload = world.uploads.get(query.get('uploadId'));
  if (upload === undefined) throw new S3Error(404, 'NoSuchUpload');
  checkConditions(headers, bucket.get(key));
  const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  const hashes = Buffer.concat(parts.map(({ md5 }) => Buffer.from(md5, 'hex')));
  const etag = `${createHash('md5').update(hashes).digest('hex')}-${parts.length}`;
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  bucket.set(key, { etag, size, bytes: null, headers: keptHeaders(upload.headers) });
  const inner = element('Bucket', name) + element('Key', key) + element('ETag', `"${etag}"`);
  return { op: 'CompleteMultipartUpload', body: xml('CompleteMultipartUploadResult', inner) };
}

function remove({ world, bucket, key, query, headers }) {
  if (world.uploads.delete(query.get('uploadId'))) return { op: 'AbortMultipartUpload', status: 204 };
  checkConditions(headers, bucket.get(key));
  bucket.delete(key);
  return { op: 'DeleteObject', status: 204 };
}

/** Bytes that were not kept come back as zeros of the right length. */
function read({ bucket, key, method, headers }) {
  const op = method === 'GET' ? 'GetObject' : 'HeadObject';
  const object = bucket.get(key);
  if (object === undefined) throw new S3Error(404, 'NoSuchKey', op);
  const { etag, size, modified } = object;
  if (unquoted(headers['if-none-match']) === etag) return { op, status: 304, headers: { etag: `"${etag}"` } };
  const told = {
    ...object.headers,
    etag: `"${etag}"`,
    'last-modified': new Date(modified).toUTCString(),
    'content-length': size,
  };
  if (method === 'HEAD') return { op, headers: told };
  return { op, headers: told, body: object.bytes ?? Buffer.alloc(size) };
}

const unquoted = (etag) => etag?.replaceAll('"', '');

function checkConditions(headers, existing) {
  if (headers['if-none-match'] === '*' && existing !== undefined) throw new S3Error(412, 'PreconditionFailed');
  const wanted = unquoted(headers['if-match']);
  if (wanted === undefined || wanted === '*' || wanted === existing?.etag) return;
  throw existing === undefined ? new S3Error(404, 'NoSuchKey') : new S3Error(412, 'PreconditionFailed');
}

const stored =
  /^(?:content-(?:type|disposition|language)|cache-control|expires|x-amz-(?:website-redirect-location|meta-.*|checksum-.*))$/;

function keptHeaders(headers) {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => stored.test(name)));
  const encodings = (headers['content-encoding'] ?? '').split(',').map((one) => one.trim());
  const encoding = encodings.filter((one) => one !== '' && one !== 'aws-chunked').join(',');
  return encoding === '' ? kept : { ...kept, 'content-encoding': encoding };
}
