import { createBucket } from './create-bucket.mjs';
import { listObjects } from './list-objects.mjs';
import { S3Error } from './s3-error.mjs';
import { element, unescapeXml, xml } from './xml.mjs';

/** Configurations that every bucket has. Setting one is accepted and forgotten. */
const always = {
  location: xml('LocationConstraint', ''),
  versioning: xml('VersioningConfiguration', ''),
  acl: xml('AccessControlPolicy', '<AccessControlList/>'),
  tagging: xml('Tagging', '<TagSet/>'),
  uploads: xml('ListMultipartUploadsResult', '<IsTruncated>false</IsTruncated>'),
};

const others =
  'policy website cors lifecycle encryption publicAccessBlock ownershipControls logging notification policyStatus requestPayment accelerate replication object-lock versions'.split(
    ' ',
  );

/** What S3 says to a request on a bucket itself. */
export function answerBucket({ world, method, query, payload, name, bucket }) {
  const part = [...Object.keys(always), ...others].find((one) => query.has(one));
  if (method === 'PUT' && part === undefined) {
    if (bucket === undefined) world.buckets.set(name, createBucket());
    return ok('CreateBucket');
  }
  if (bucket === undefined) throw new S3Error(404, 'NoSuchBucket');
  if (method === 'HEAD') return { ...ok('HeadBucket'), headers: { 'x-amz-bucket-region': 'us-east-1' } };
  if (method === 'POST' && query.has('delete')) return removeMany(bucket, payload);
  if (part === undefined) {
    const op = query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
    return ok(op, listObjects(bucket, name, query));
  }
  if (method !== 'GET') return ok(`${method} ${part}`);
  if (always[part] === undefined) throw new S3Error(404, 'NoSuchConfiguration');
  return ok(`GET ${part}`, always[part]);
}

function removeMany(bucket, { bytes }) {
  const keys = [...bytes.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => unescapeXml(key));
  for (const key of keys) bucket.delete(key);
  const deleted = keys.map((key) => `<Deleted>${element('Key', key)}</Deleted>`);
  return { ...ok('DeleteObjects', xml('DeleteResult', deleted.join(''))), key: keys.join('\n') };
}

const ok = (op, body = '') => ({ op, status: 200, headers: {}, body });
