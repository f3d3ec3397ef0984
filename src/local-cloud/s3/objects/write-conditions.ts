import { ServiceFault } from '../../service-fault.ts';
import type { BucketContext } from '../s3-context.ts';
import { notImplemented } from '../s3-context.ts';
import { currentObject } from './find-version.ts';
import { bareEtag } from './read-conditions.ts';

export interface WriteConditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** The conditions that a PUT, COPY, DELETE or CompleteMultipartUpload sets on the key it writes. */
export function writeConditionsOf(headers: Readonly<Record<string, string>>): WriteConditions {
  return { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
}

/**
 * Judges a conditional write on the current version, at the moment it takes effect.
 * @throws ServiceFault NoSuchKey or PreconditionFailed; ConditionalRequestConflict where the condition fails because
 *   of a write that took effect while this request was in flight. If-Match on a key that was deleted meanwhile is a
 *   NoSuchKey for a write, a conflict for a delete (S3 user guide, "conditional writes" and "conditional deletes").
 */
export function checkWrite(context: BucketContext, conditions: WriteConditions, key = context.key): void {
  const failure = judge(context, conditions, key);
  if (failure === undefined) return;
  if (failure.code === 'NoSuchKey' && !context.op.startsWith('Delete')) throw failure;
  const changedAtMs = context.store.changedAtMs(context.bucket, key);
  if (changedAtMs === undefined || changedAtMs < (context.request.arrivedAtMs ?? Number.POSITIVE_INFINITY))
    throw failure;
  const message = 'The conditional request cannot succeed due to a conflicting operation against this resource.';
  const details = { Condition: conditions.ifMatch === undefined ? 'If-None-Match' : 'If-Match', Key: key };
  throw new ServiceFault(409, 'ConditionalRequestConflict', message, { details });
}

function judge(
  { bucket }: BucketContext,
  { ifMatch, ifNoneMatch }: WriteConditions,
  key: string,
): ServiceFault | undefined {
  const current = currentObject(bucket, key);
  if (ifNoneMatch !== undefined) {
    if (ifMatch !== undefined || ifNoneMatch.trim() !== '*') throw notImplemented();
    return current && failed('If-None-Match');
  }
  if (ifMatch === undefined) return undefined;
  const wanted = bareEtag(ifMatch);
  if (current === undefined) return wanted === '*' ? failed('If-Match') : noSuchKey(key);
  return wanted === '*' || wanted === current.etag ? undefined : failed('If-Match');
}

function failed(Condition: string): ServiceFault {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new ServiceFault(412, 'PreconditionFailed', message, { details: { Condition } });
}

function noSuchKey(Key: string): ServiceFault {
  return new ServiceFault(404, 'NoSuchKey', 'The specified key does not exist.', { details: { Key } });
}
