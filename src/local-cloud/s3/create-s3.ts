import type { Clock } from '../clock.ts';
import type { FrontService } from '../front/front-service.ts';
import { ServiceFault } from '../service-fault.ts';
import type { WireRequest, WireResponse } from '../wire.ts';
import { accessDenied, authorize, authorizeAlone } from './authorize.ts';
import { checkRegion } from './check-region.ts';
import { verifyIntegrity } from './checksums/sent-checksum.ts';
import { findOperation, s3OperationOf, s3SubjectOf } from './find-operation.ts';
import type { OperationRow } from './operation-table.ts';
import { bucketOperations, serviceOperations } from './operations.ts';
import { type BucketContext, notImplemented, type S3Context } from './s3-context.ts';
import { s3Target } from './s3-target.ts';
import type { S3Store } from './store.ts';

export interface S3Options {
  readonly store: S3Store;
  readonly clock: Clock;
}

/**
 * S3 as the front serves it. Each request is judged in the order of the real service: is there such a bucket, is it in
 * the region signed for, whose is it, may the caller, and only then what is asked.
 */
export function createS3(options: S3Options): FrontService {
  return {
    handle: (request) => answer(request, options),
    operationOf: s3OperationOf,
    subjectOf: s3SubjectOf,
  };
}

async function answer(request: WireRequest, { store, clock }: S3Options): Promise<WireResponse> {
  const target = s3Target(request);
  const row = findOperation(request, target);
  if (row === undefined) {
    throw new ServiceFault(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
  const { bucket: bucketName = '', key = '' } = target;
  const context: S3Context = { request, store, clock, op: row.op, bucketName, key };
  const serviceOperation = serviceOperations[row.op];
  if (serviceOperation !== undefined) {
    if (request.caller.kind !== 'account') throw accessDenied(request.caller, `s3:${row.op}`);
    if (row.action) authorizeAlone(context, row.action, '*');
    return serviceOperation(context);
  }
  const bucketContext = admit(context, row, target.style);
  const operation = bucketOperations[row.op];
  if (operation === undefined) throw notImplemented();
  return operation(bucketContext);
}

function admit(context: S3Context, row: OperationRow, style: 'path' | 'host'): BucketContext {
  const { request, store, bucketName } = context;
  const bucket = store.bucket(bucketName);
  if (bucket === undefined) {
    const details = { BucketName: bucketName };
    throw new ServiceFault(404, 'NoSuchBucket', 'The specified bucket does not exist', { details });
  }
  checkKeyLength(context.key);
  checkRegion({ bucket, request, style, op: row.op });
  const expected = request.headers['x-amz-expected-bucket-owner'];
  const bucketContext: BucketContext = { ...context, bucket };
  if (expected !== undefined && expected !== bucket.settings.owner) throw accessDenied(request.caller, row.op);
  if (row.action) authorize(bucketContext, actionOf(row, request));
  // The checksum of CompleteMultipartUpload is the object's and not its body's.
  if (row.op !== 'CompleteMultipartUpload') verifyIntegrity(request);
  return bucketContext;
}

/** Permissions on a version by its id have names of their own. */
function actionOf({ action = '', level }: OperationRow, request: WireRequest): string {
  const isVersion = level === 'object' && request.query.has('versionId') && /Object(?!Version)/.test(action);
  return isVersion ? action.replace('Object', 'ObjectVersion') : action;
}

/** S3 user guide, "Naming Amazon S3 objects": 1,024 bytes of UTF-8. */
function checkKeyLength(key: string): void {
  const size = Buffer.byteLength(key);
  if (size <= 1024) return;
  const details = { Size: String(size), MaxSizeAllowed: '1024' };
  throw new ServiceFault(400, 'KeyTooLongError', 'Your key is too long', { details });
}
