import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../model/ports.ts';
import { judgeError } from '../sending/judge-error.ts';
import { headObject } from './head-object.ts';
import { callS3, type S3Context } from './s3-context.ts';

type Removals = Parameters<ObjectStore['remove']>[0];
type Failures = Awaited<ReturnType<ObjectStore['remove']>>;

/** S3: at most 1,000 keys a call. */
const batchSize = 1_000;

/** Deletes objects, each only at the ETag that was seen. The call answers 200 even where some fail: those are returned. */
export async function removeObjects(context: S3Context, objects: Removals): Promise<Failures> {
  const failures: Failures[number][] = [];
  for (let start = 0; start < objects.length; start += batchSize)
    failures.push(...(await removeBatch(context, objects.slice(start, start + batchSize))));
  return failures;
}

/** Keys for which S3 was too busy are sent again; the reply to the last attempt counts for each. */
async function removeBatch(context: S3Context, batch: Removals): Promise<Failures> {
  const failures: Failures[number][] = [];
  let rest = batch;
  let replyLost = false;
  await callS3(context, 'DeleteObject', undefined, async (attempt) => {
    replyLost = attempt.replyLost;
    const failed = await send(context, rest);
    const again = failed.filter(isPassing);
    failures.push(...failed.filter((failure) => !isPassing(failure)));
    const keys = new Set(again.map(({ key }) => key));
    rest = rest.filter(({ key }) => keys.has(key));
    const [first] = again;
    if (first !== undefined) throw Object.assign(new Error(first.message), { name: first.code });
  });
  return replyLost ? stillThere(context, failures) : failures;
}

const isPassing = ({ code, message }: Failures[number]): boolean =>
  ['transient', 'throttle', 'race'].includes(judgeError(Object.assign(new Error(message), { name: code })));

async function send(context: S3Context, batch: Removals): Promise<Failures> {
  const { client, bucket: Bucket, prefix, owner } = context;
  const Objects = batch.map(({ key, etag }) => ({ Key: prefix + key, ETag: `"${etag}"` }));
  const { Errors = [] } = await client.send(
    new DeleteObjectsCommand({ Bucket, ...owner, Delete: { Objects, Quiet: true } }),
  );
  return Errors.map(({ Key, Code, Message }) => ({
    key: (Key ?? '').slice(prefix.length),
    code: Code ?? 'Unknown',
    message: Code === 'AccessDenied' ? denied(context, `${Bucket}/${Key}`) : (Message ?? ''),
  }));
}

const denied = ({ principal }: S3Context, object: string): string =>
  `access denied: s3:DeleteObject on ${object}${principal === undefined ? '' : ` for ${principal}`}`;

/** What an attempt deleted whose reply was lost cannot be deleted again: those that are gone did not fail. */
async function stillThere(context: S3Context, failures: Failures): Promise<Failures> {
  const heads = await Promise.all(failures.map(({ key }) => headObject(context, key)));
  return failures.filter((_, at) => heads[at] !== undefined);
}
