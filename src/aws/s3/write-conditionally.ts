import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { WriteResult } from '../../model/ports.ts';
import type { Attempt } from '../sending/send-with-retries.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { orConflict } from './conditions.ts';
import { callS3, type S3Context } from './s3-context.ts';

export interface ConditionalWrite {
  readonly action: string;
  readonly key: string;
  /** Of the request's body; 0 where it has none. */
  readonly bytes: number;
  /** Sends it once. */
  readonly send: () => Promise<WriteResult>;
  /** Looks whether the object there is what was sent; undefined where it is not. */
  readonly findOwn: () => Promise<WriteResult | undefined>;
}

/**
 * Sends a write that holds only for the object as it was seen; that it is another by now is an answer and no error.
 * Where the reply to an earlier attempt was lost, that other one may be our own: then the object is read back.
 */
export async function writeConditionally(context: S3Context, write: ConditionalWrite): Promise<WriteResult> {
  const { action, key, bytes, send, findOwn } = write;
  let replyLost = false;
  const attempt = (known: Attempt) => {
    replyLost = known.replyLost;
    return orConflict(send);
  };
  const result = await callS3(context, action, key, attempt, bytes).catch(standingRace);
  return result.kind === 'conflict' && replyLost ? ((await findOwn()) ?? result) : result;
}

/** Somebody else was writing the same key at each attempt. */
function standingRace(error: unknown): WriteResult {
  const cause = error instanceof CdnpubError ? error.cause : undefined;
  if (awsErrorName(cause).name === 'ConditionalRequestConflict') return { kind: 'conflict' };
  throw error;
}
