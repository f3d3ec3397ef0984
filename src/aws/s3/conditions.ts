import type { Condition, WriteResult } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';

/** A condition as the SDK's fields. */
export function conditionFields(condition: Condition | undefined): {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: '*';
} {
  if (condition === undefined) return {};
  return condition.kind === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: `"${condition.etag}"` };
}

/** Turns "the object is not what you thought" into an answer; every other error goes on. */
export async function orConflict(write: () => Promise<WriteResult>): Promise<WriteResult> {
  try {
    return await write();
  } catch (error) {
    const { name, status } = awsErrorName(error);
    // 404: If-Match on an object that is gone, or the end of an upload that is over.
    const isGone = status === 404 && (name === 'NoSuchKey' || name === 'NoSuchUpload');
    if (status === 412 || isGone) return { kind: 'conflict' };
    throw error;
  }
}
