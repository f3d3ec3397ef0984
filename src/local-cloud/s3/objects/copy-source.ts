import { ServiceFault } from '../../service-fault.ts';
import { accessDenied, authorize } from '../authorize.ts';
import type { ObjectVersion } from '../model.ts';
import type { BucketContext } from '../s3-context.ts';
import { decodeName } from '../s3-target.ts';
import { findObject } from './find-version.ts';
import { judgeRead } from './read-conditions.ts';

export interface CopySource {
  /** The request as if it were about the source. */
  readonly context: BucketContext;
  readonly version: ObjectVersion;
  /** As it was asked for; undefined where the current version was. */
  readonly versionId: string | undefined;
}

/**
 * The object that `x-amz-copy-source` names (`BUCKET/KEY?versionId=ID`, percent-encoded, perhaps with a leading `/`).
 * @throws ServiceFault InvalidArgument, NoSuchBucket, NoSuchKey, AccessDenied, PreconditionFailed, InvalidRequest.
 */
export function findCopySource(context: BucketContext): CopySource {
  const { request, store } = context;
  const [path = '', versionId] = (request.headers['x-amz-copy-source'] ?? '').replace(/^\//, '').split('?versionId=');
  const slash = path.search(/\/|%2f/i);
  if (slash <= 0) throw invalidSource();
  const name = decodeName(path.slice(0, slash));
  const key = decodeName(path.slice(slash + (path[slash] === '/' ? 1 : 3)));
  if (key === '') throw invalidSource();
  const bucket = store.bucket(name);
  if (bucket === undefined) {
    throw new ServiceFault(404, 'NoSuchBucket', 'The specified bucket does not exist', {
      details: { BucketName: name },
    });
  }
  const source: BucketContext = { ...context, bucket, bucketName: name, key };
  const expected = request.headers['x-amz-source-expected-bucket-owner'];
  if (expected !== undefined && expected !== bucket.settings.owner) throw accessDenied(request.caller, 's3:GetObject');
  authorize(source, versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion');
  const version = findVersion(source, versionId);
  checkConditions(source, version);
  return { context: source, version, versionId };
}

function findVersion(source: BucketContext, versionId: string | undefined): ObjectVersion {
  try {
    return findObject(source, versionId ?? null);
  } catch (error) {
    if (!(error instanceof ServiceFault) || error.status !== 405) throw error;
    const message = 'The source of a copy request may not specifically refer to a delete marker by version id.';
    throw new ServiceFault(400, 'InvalidRequest', message);
  }
}

/** Of a copy every condition that fails is a 412; there is nothing to be not modified. */
function checkConditions({ request: { headers } }: BucketContext, version: ObjectVersion): void {
  const verdict = judgeRead(
    {
      ifMatch: headers['x-amz-copy-source-if-match'],
      ifNoneMatch: headers['x-amz-copy-source-if-none-match'],
      ifModifiedSince: headers['x-amz-copy-source-if-modified-since'],
      ifUnmodifiedSince: headers['x-amz-copy-source-if-unmodified-since'],
    },
    version,
  );
  if (verdict === 'ok') return;
  const message = 'At least one of the pre-conditions you specified did not hold';
  throw new ServiceFault(412, 'PreconditionFailed', message);
}

function invalidSource(): ServiceFault {
  const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey';
  return new ServiceFault(400, 'InvalidArgument', message, { details: { ArgumentName: 'x-amz-copy-source' } });
}
